# norm-edition: the statistics of a norm edition in base R, as one who knows R well would write them: matrices over all measures at once, one small
# system of equations for each district left out and for each resample, no loop over teachers or waves.
# Not done here, but by our side within its time: checking, writing, hashing and reading back the dataset and the edition.
#
#   Rscript norm-edition.R DATASET.csv
#
# DATASET.csv: one row per included district-wave; district_id, stage (0..4), school_year, responses, then per measure points., error., degrees. and squares.
# (the last two behind the SD within schools). Prints the seconds of the second of two runs, then sums by which both sides can be compared.

options(digits = 15)
rows <- read.csv(commandArgs(TRUE)[1], check.names = FALSE, stringsAsFactors = FALSE)
measures <- sub("^points[.]", "", grep("^points[.]", names(rows), value = TRUE))
block <- function(prefix) {
  block <- as.matrix(rows[paste0(prefix, ".", measures)])
  colnames(block) <- measures
  block
}
points <- block("points")
variances <- block("error")^2
degrees <- block("degrees")
squares <- block("squares")
margin <- function(error, df, level = 0.95) qt((1 + level) / 2, df) * error

# tau^2 by Fisher scoring of the restricted likelihood, from the moment estimate.
reml <- function(x, v) {
  w <- 1 / v
  m <- sum(w * x) / sum(w)
  t2 <- max(0, (sum(w * (x - m)^2) - (length(x) - 1)) / (sum(w) - sum(w^2) / sum(w)))
  for (step in 1:100) {
    w <- 1 / (v + t2)
    m <- sum(w * x) / sum(w)
    r <- sum(w^2) / sum(w)
    score <- (sum(w^2 * (x - m)^2) - sum(w) + r) / 2
    information <- (sum(w^2) - 2 * sum(w^3) / sum(w) + r^2) / 2
    last <- t2
    t2 <- max(0, t2 + score / information)
    if (abs(t2 - last) <= 1e-13 * t2) break
  }
  t2
}

cells <- function() {
  latest <- rows$school_year == ave(rows$school_year, rows$district_id, FUN = max)
  groups <- c(lapply(0:4, function(stage) which(rows$stage == stage)), list(which(latest)))
  lapply(groups, function(rows) {
    n <- length(rows)
    x <- points[rows, ]
    v <- variances[rows, ]
    mean <- colMeans(x)
    centred <- sweep(x, 2, mean)
    t2 <- sapply(measures, function(m) reml(x[, m], v[, m]))
    lambda <- sweep(1 / sweep(v, 2, t2, `+`), 2, t2, `*`)
    corrected <- sweep(sqrt(lambda) * centred, 2, mean, `+`)
    list(
      mean = mean,
      error = sqrt(colSums(centred^2) / (n - 1) / n),
      sampling = colMeans(v),
      tau = sqrt(t2),
      within = sqrt(colSums(squares[rows, ]) / colSums(degrees[rows, ])),
      raw = apply(x, 2, quantile, 1:99 / 100, type = 8, names = FALSE),
      quantiles = apply(corrected, 2, quantile, 1:99 / 100, type = 8, names = FALSE))
  })
}

# Districts x stages: seen, and per series the values with 0 where not seen.
districts <- sort(unique(rows$district_id), method = "radix")
place <- cbind(match(rows$district_id, districts), rows$stage + 1)
seen <- matrix(0, length(districts), 5)
seen[place] <- 1
stopifnot(sum(seen) == nrow(rows), colSums(seen) >= 5)
series <- cbind(points, "TR-SR" = points[, "TR"] - points[, "SR"])
values <- lapply(colnames(series), function(s) {
  x <- matrix(0, length(districts), 5)
  x[place] <- series[, s]
  x
})
names(values) <- colnames(series)

# Least squares on district and stage effects over the districts seen twice or more: stage 1 is 0, district effects are swept out. One row of
# `normal` and of `right` per district; sums over districts, with any weights, are the normal equations.
panel <- rowSums(seen) >= 2
visits <- seen[panel, ]
normal <- t(sapply(seq_len(sum(panel)), function(d) diag(visits[d, ]) - tcrossprod(visits[d, ]) / sum(visits[d, ])))
right <- sapply(values, function(x) (x[panel, ] - rowSums(x[panel, ]) / rowSums(visits)) * visits, simplify = FALSE)
solve_effects <- function(normal, right) rbind(0, solve(matrix(normal, 5)[-1, -1], right[-1, , drop = FALSE]))

growth <- function() {
  # Cross-section: stages x series, and without each district.
  totals <- sapply(values, colSums)
  counts <- colSums(seen)
  cross <- totals / counts
  cross_without <- lapply(values, function(x) (rep(colSums(x), each = nrow(x)) - x) / (rep(counts, each = nrow(x)) - seen))
  # Panel: the same.
  all_normal <- colSums(normal)
  all_right <- sapply(right, colSums)
  effects <- solve_effects(all_normal, all_right)
  stacked <- array(unlist(right), c(sum(panel), 5, length(right)))
  without <- lapply(seq_len(sum(panel)), function(d) solve_effects(all_normal - normal[d, ], all_right - stacked[d, , ]))
  replicates <- aperm(simplify2array(without), c(3, 1, 2)) # districts x stages x series
  list(cross = cross, cross_without = cross_without, effects = effects, replicates = replicates)
}

jackknife <- function(replicates) {
  n <- nrow(replicates)
  sqrt(colSums(sweep(replicates, 2, colMeans(replicates))^2) * (n - 1) / n)
}

steps <- rbind(cbind(1:4, 2:5), c(1, 5)) # to the next stage, then from the first to the last

tables <- function(means) lapply(seq_along(measures), function(m) {
  concerned <- lapply(seq_len(nrow(steps)), function(s) rowSums(seen[, steps[s, ]]) > 0)
  without <- means$cross_without[[m]]
  cross_steps <- sapply(seq_len(nrow(steps)), function(s) {
    differences <- without[concerned[[s]], steps[s, 2], drop = FALSE] - without[concerned[[s]], steps[s, 1], drop = FALSE]
    margin(jackknife(differences), nrow(differences) - 1)
  })
  cross_levels <- sapply(1:5, function(s) {
    replicates <- without[seen[, s] == 1, s, drop = FALSE]
    margin(jackknife(replicates), nrow(replicates) - 1)
  })
  replicates <- means$replicates[, , m]
  panel_steps <- margin(jackknife(replicates[, steps[, 2]] - replicates[, steps[, 1]]), nrow(replicates) - 1)
  effects <- means$effects[, m]
  level <- function(effects, cross) effects + rowMeans(cross - effects)
  all_effects <- matrix(effects, length(districts), 5, byrow = TRUE)
  all_effects[panel, ] <- replicates
  list(
    cross = means$cross[, m], cross_steps = cross_steps, cross_levels = cross_levels,
    panel = effects + mean(means$cross[, m] - effects), panel_steps = panel_steps,
    panel_levels = margin(jackknife(level(all_effects, without)), length(districts) - 1))
})

# Gates and conditions over Planning .. Year 4+: series, weights of the stages.
step <- function(from, to) replace(replace(numeric(5), to, 1), from, -1)
total <- step(1, 5)
contrasts <- list(
  list(gates = list("strategy-communication" = total), conditions = list("strategy-communication" = step(1, 2) - total / 2)),
  list(
    gates = list(operations = total),
    conditions = c(
      setNames(lapply(1:4, function(s) step(s, s + 1) - total / 12), rep("operations", 4)),
      setNames(lapply(1:4, function(s) total / 2 - step(s, s + 1)), rep("operations", 4)))),
  list(
    gates = list("instructional-design" = step(1, 2), "instructional-design" = step(2, 5)),
    conditions = list("instructional-design" = step(1, 2) - step(2, 5) / 3, "TR-SR" = step(1, 2), "TR-SR" = -step(2, 5))),
  list(gates = list("culture-of-innovation" = step(1, 3)), conditions = list("culture-of-innovation" = step(3, 5))))

contrast <- function(means, name, weights, level) {
  replicates <- means$replicates[, , match(name, names(values))] %*% weights
  error <- jackknife(replicates)
  df <- nrow(replicates) - 1
  estimate <- sum(weights * means$effects[, match(name, names(values))])
  c(points = estimate, error = error, low = estimate - margin(error, df), high = estimate + margin(error, df),
    refuting_low = estimate - margin(error, df, level), refuting_high = estimate + margin(error, df, level))
}

landmarks <- function(means) lapply(contrasts, function(landmark) {
  level <- 1 - 0.05 / length(landmark$conditions)
  list(
    gates = mapply(function(name, weights) contrast(means, name, weights, 0.95), names(landmark$gates), landmark$gates),
    conditions = mapply(function(name, weights) contrast(means, name, weights, level), names(landmark$conditions), landmark$conditions))
})

# Shares of the growth by Year 1, with 2,000 resamples of districts and by the delta method.
shares <- function(means, resamples = 2000) {
  name <- "strategy-communication"
  effects <- means$effects[, match(name, names(values))]
  n <- sum(panel)
  draws <- t(rmultinom(resamples, n, rep(1, n))) # how often each district was drawn
  normals <- draws %*% normal
  rights <- draws %*% right[[name]]
  drawn <- sapply(seq_len(resamples), function(b) c(0, solve(matrix(normals[b, ], 5)[-1, -1], rights[b, -1])))
  sapply(3:5, function(last) {
    share <- effects[2] / effects[last]
    resampled <- drawn[2, ] / drawn[last, ]
    ends <- quantile(resampled[drawn[last, ] > 0], c(0.025, 0.975), names = FALSE)
    beyond <- contrast(means, name, step(1, 2) - share * step(1, last), 0.95)
    delta <- (beyond[["high"]] - beyond[["points"]]) / effects[last]
    c(share = share, low = ends[1], high = ends[2], delta_low = share - delta, delta_high = share + delta)
  })
}

set.seed(2026)
for (run in 1:2) {
  seconds <- system.time({
    all_cells <- cells()
    means <- growth()
    all_tables <- tables(means)
    all_landmarks <- landmarks(means)
    all_shares <- shares(means)
  }, gcFirst = FALSE)[["elapsed"]]
}

line <- function(name, value) cat(sprintf("%s %.17g\n", name, value))
line("seconds", seconds)
line("tau", sum(sapply(all_cells, `[[`, "tau")))
line("quantiles", sum(sapply(all_cells, `[[`, "quantiles")))
line("growth-margins", sum(sapply(all_tables, function(table) sum(table$cross_steps, table$cross_levels, table$panel_steps, table$panel_levels))))
line("landmark-intervals", sum(sapply(all_landmarks, function(landmark) sum(landmark$gates["high", ], landmark$conditions["refuting_high", ]))))
line("delta-intervals", sum(all_shares[c("delta_low", "delta_high"), ]))
line("resampled-intervals", sum(all_shares[c("low", "high"), ]))

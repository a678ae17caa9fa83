# Reference values of the bundled norm edition 2026.1, written to edition.csv beside this file: two districts wave by wave, every
# cell, the quantiles of one, the stage curves of both estimates, and landmark 1.
# Made with R 4.2.2, base packages only, from the root of the repository:
#
#   Rscript tests/Onpoint.Measurement.Tests/Bundled/edition.R

here <- "tests/Onpoint.Measurement.Tests/Bundled"
source(file.path(here, "survey.R"))
survey <- read_survey("sample-surveys/national-2026-synthetic")
stages <- c("Planning", "Year 1", "Year 2", "Year 3", "Year 4+")

estimates <- Map(function(district, wave) estimate_wave(survey, district, wave), survey$waves$district_id, survey$waves$wave)
values <- c()
for (i in which(survey$waves$district_id %in% c("S001", "S062"))) {
  values <- c(values, wave_values(survey$waves$district_id[i], survey$waves$wave[i], estimates[[i]]))
}

# The dataset: n* of at least 10, response rate of at least 40 per cent. No district has two waves at a stage.
included <- sapply(estimates, function(wave) wave$smallest_count >= 10 && wave$response_rate >= 0.4)
waves <- cbind(survey$waves, responses = sapply(estimates, `[[`, "responses"))[included, ]
estimates <- estimates[included]
stopifnot(!any(duplicated(waves[c("district_id", "stage")])))
values <- c(values, "dataset/districts" = length(unique(waves$district_id)), "dataset/district_waves" = nrow(waves), "dataset/responses" = sum(waves$responses))
points <- sapply(names(measures), function(m) sapply(estimates, function(wave) wave$district[m, "points"]))
variances <- sapply(names(measures), function(m) sapply(estimates, function(wave) wave$district[m, "standard_error"]^2))

# tau^2 by restricted maximum likelihood with known sampling variances: optimize finds the maximum, then the root of the
# derivative beside it gives all digits (a maximum is flat).
reml <- function(x, v) {
  mean_at <- function(t2) weighted.mean(x, 1 / (v + t2))
  likelihood <- function(t2) -0.5 * (sum(log(v + t2)) + log(sum(1 / (v + t2))) + sum((x - mean_at(t2))^2 / (v + t2)))
  derivative <- function(t2) {
    w <- 1 / (v + t2)
    -0.5 * (sum(w) - sum(w^2) / sum(w) - sum(w^2 * (x - mean_at(t2))^2))
  }
  top <- optimize(likelihood, c(0, 10 * var(x)), maximum = TRUE, tol = 1e-6)$maximum
  uniroot(derivative, top * c(0.99, 1.01), tol = 1e-10)$root
}

# The cells: the districts of a stage, and in "All" every district with its latest wave.
latest <- waves$school_year == ave(waves$school_year, waves$district_id, FUN = max)
for (stage in c(stages, "All")) {
  rows <- if (stage == "All") latest else waves$stage == stage
  cell <- t(sapply(names(measures), function(m) {
    within <- rowSums(sapply(estimates[rows], function(wave) wave$within[m, ]))
    c(districts = sum(rows), responses = sum(waves$responses[rows]),
      mean = mean(points[rows, m]), standard_error = sd(points[rows, m]) / sqrt(sum(rows)),
      mean_sampling_variance = mean(variances[rows, m]),
      tau = sqrt(reml(points[rows, m], variances[rows, m])),
      within_sd = sqrt(within[["squares"]] / within[["degrees"]]))
  }))
  values <- c(values, table_values(paste("cell", stage, sep = "/"), cell))
}

# Quantiles of one cell: raw, and of the scores drawn toward the mean by the square root of their reliability.
rows <- waves$stage == "Planning"
x <- points[rows, "benchmark"]
tau2 <- values[["cell/Planning/benchmark/tau"]]^2
corrected <- mean(x) + sqrt(tau2 / (tau2 + variances[rows, "benchmark"])) * (x - mean(x))
percents <- sprintf("%d", 1:99)
quantiles <- cbind(raw = quantile(x, 1:99 / 100, type = 8), corrected = quantile(corrected, 1:99 / 100, type = 8))
rownames(quantiles) <- percents
values <- c(values, table_values("quantile", quantiles))

# Panel: least squares on district and stage effects over districts seen at two or more stages; its level is that of the cross-section.
repeated <- waves$district_id %in% names(which(table(waves$district_id) >= 2))
panel <- data.frame(district = waves$district_id, stage = factor(waves$stage, stages))[repeated, ]
effects <- function(y, keep) c(0, tail(coef(lm(y[keep] ~ 0 + district + stage, droplevels(panel[keep, ]))), 4))
for (m in names(measures)) {
  cross <- sapply(stages, function(stage) mean(points[waves$stage == stage, m]))
  curve <- effects(points[repeated, m], rep(TRUE, nrow(panel)))
  values <- c(values, setNames(curve - mean(curve) + mean(cross), paste("panel", stages, m, sep = "/")))
}

# Landmark 1: contrasts of the panel with the delete-one-district jackknife, t with D - 1 df.
communication <- points[repeated, "strategy-communication"]
curve <- effects(communication, rep(TRUE, nrow(panel)))
without <- sapply(unique(panel$district), function(district) effects(communication, panel$district != district))
contrast <- function(weights) {
  replicates <- as.vector(weights %*% without)
  df <- length(replicates) - 1
  error <- sqrt(df / (df + 1) * sum((replicates - mean(replicates))^2))
  estimated <- sum(weights * curve)
  c(points = estimated, standard_error = error, degrees_of_freedom = df,
    low = estimated - qt(0.975, df) * error, high = estimated + qt(0.975, df) * error)
}
part <- c(-1, 1, 0, 0, 0)
whole <- c(-1, 0, 0, 0, 1)
values <- c(values,
  table_values("landmark-1", rbind(gate = contrast(whole), condition = contrast(part - whole / 2))),
  "landmark-1/share" = sum(part * curve) / sum(whole * curve))

write_values(values, file.path(here, "edition.csv"))

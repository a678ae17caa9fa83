# Scores of a survey folder in base R, teacher by teacher, from the formulas of the methodology and not from the
# program: no whole-number totals, no covariance matrix. Sourced by demo-district.R and edition.R.

invisible(Sys.setlocale("LC_COLLATE", "C")) # ids are compared ordinally

components <- c("SC", "OP", "TR", "SR", "BI", "IR", "PS")
categories <- list(
  "strategy-communication" = "SC",
  "operations" = "OP",
  "instructional-design" = c("TR", "SR"),
  "culture-of-innovation" = c("BI", "IR", "PS"))

# a_c: the weight of every component in every measure. A category is the equal mean of its components, the benchmark
# the equal mean of the categories.
category_weights <- lapply(categories, function(members) as.numeric(components %in% members) / length(members))
measures <- c(
  list(benchmark = Reduce(`+`, category_weights) / length(categories)),
  category_weights,
  setNames(lapply(components, function(code) as.numeric(components == code)), components))

read_survey <- function(folder) {
  responses <- read.csv(file.path(folder, "responses.csv"), check.names = FALSE, stringsAsFactors = FALSE)
  # 200 x mean of the answered items; present when at least 60 per cent of the items are answered. Blank and "NA"
  # (not part of my role) are both missing. 60 k >= .6 k in whole numbers: 10 answered >= 6 k.
  scores <- sapply(components, function(code) {
    items <- as.matrix(responses[grep(paste0("^", code, "[0-9]+$"), names(responses))])
    answered <- rowSums(!is.na(items))
    ifelse(10 * answered >= 6 * ncol(items), 200 * rowMeans(items, na.rm = TRUE), NA)
  })
  list(
    teachers = responses[c("district_id", "wave", "school_id")],
    scores = scores,
    roster = read.csv(file.path(folder, "roster.csv"), stringsAsFactors = FALSE),
    waves = read.csv(file.path(folder, "waves.csv"), stringsAsFactors = FALSE))
}

# Schools with n* below 5 form one stratum; while its own n* is below 5 the next smallest joins it.
form_strata <- function(school, scores) {
  smallest <- function(rows) min(colSums(!is.na(scores[rows, , drop = FALSE])))
  schools <- sort(unique(school))
  sizes <- sapply(schools, function(id) smallest(school == id))
  stratum <- setNames(schools, schools)
  pooled <- schools[sizes < 5]
  rest <- setdiff(schools[order(sizes, schools)], pooled)
  while (length(pooled) > 0 && smallest(school %in% pooled) < 5 && length(rest) > 0) {
    pooled <- c(pooled, rest[1])
    rest <- rest[-1]
  }
  stratum[pooled] <- "pooled"
  stratum
}

# The estimates of one set of teachers in strata with weights W_h: points, standard error, df and margin of every measure.
estimate <- function(scores, stratum, weight) {
  strata <- names(weight)
  means <- sapply(strata, function(h) colMeans(scores[stratum == h, , drop = FALSE], na.rm = TRUE)) # components x strata
  counts <- sapply(strata, function(h) colSums(!is.na(scores[stratum == h, , drop = FALSE])))
  district <- as.vector(means %*% weight)
  df <- sum(rowSums(!is.na(scores)) > 0) - length(strata)
  h <- match(stratum, strata)
  # summand of teacher r for each component: W_h (y_rc - m_hc) / sqrt(n_hc (n_hc - 1)), 0 where r has no score
  summands <- weight[h] * (scores - t(means)[h, , drop = FALSE]) / sqrt(t(counts * (counts - 1)))[h, , drop = FALSE]
  summands[is.na(scores)] <- 0
  t(sapply(measures, function(a) {
    error <- sqrt(sum((summands %*% a)^2)) # Var = SUM u_r^2
    c(points = sum(a * district), standard_error = error, degrees_of_freedom = df, margin = qt(0.975, df) * error)
  }))
}

# One district-wave: the district, its schools, and what norms need of it.
estimate_wave <- function(survey, district, wave) {
  rows <- survey$teachers$district_id == district & survey$teachers$wave == wave
  school <- survey$teachers$school_id[rows]
  scores <- survey$scores[rows, , drop = FALSE]
  roster <- survey$roster[survey$roster$district_id == district & survey$roster$wave == wave, ]
  eligible <- setNames(roster$eligible_teachers, roster$school_id)
  stopifnot(all(table(school) <= eligible[names(table(school))]))

  # A school takes part with its weight when one of its teachers has a score.
  scored <- sort(unique(school[rowSums(!is.na(scores)) > 0]))
  takes_part <- school %in% scored
  strata <- form_strata(school[takes_part], scores[takes_part, , drop = FALSE])
  share <- eligible[scored] / sum(eligible[scored])
  weight <- tapply(share, strata[scored], sum)
  weight <- setNames(as.vector(weight), names(weight))

  # For s_w: teachers with all components of a measure, deviations from the mean of their school.
  within <- t(sapply(measures, function(a) {
    complete <- rowSums(is.na(scores[, a > 0, drop = FALSE])) == 0
    value <- (scores[, a > 0, drop = FALSE] %*% a[a > 0])[complete]
    by_school <- school[complete]
    c(degrees = sum(table(by_school) - 1), squares = sum((value - ave(value, by_school))^2))
  }))

  list(
    responses = length(school),
    smallest_count = min(colSums(!is.na(scores))),
    response_rate = length(school) / sum(eligible),
    strata = length(weight),
    weight = weight,
    school_smallest = sapply(scored, function(id) min(colSums(!is.na(scores[school == id, , drop = FALSE])))),
    district = estimate(scores[takes_part, , drop = FALSE], strata[school[takes_part]], weight),
    # A school by itself is one stratum of weight 1.
    schools = sapply(scored, function(id) estimate(scores[school == id, , drop = FALSE], rep(id, sum(school == id)), setNames(1, id)), simplify = FALSE),
    within = within)
}

# Lines "name,value" with all digits of a double.
write_values <- function(values, file) {
  writeLines(c("quantity,value", sprintf("%s,%.17g", names(values), values)), file)
}

table_values <- function(prefix, table) {
  names <- outer(colnames(table), rownames(table), function(column, row) paste(prefix, row, column, sep = "/"))
  setNames(as.vector(t(table)), as.vector(names))
}

wave_values <- function(district, wave, estimate) {
  prefix <- paste(district, wave, sep = "/")
  counts <- c(estimate$responses, estimate$smallest_count, estimate$response_rate, estimate$strata)
  names(counts) <- paste(prefix, c("responses", "smallest_count", "response_rate", "strata"), sep = "/")
  c(counts, table_values(paste(prefix, "district", sep = "/"), estimate$district))
}

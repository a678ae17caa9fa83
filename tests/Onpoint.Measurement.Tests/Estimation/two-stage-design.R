# Reference values of a small unbalanced sample in two stages, written to two-stage-design-values.csv beside this file.
# Made with R 4.2.2, base packages only, from the root of the repository:
#
#   Rscript tests/Onpoint.Measurement.Tests/Estimation/two-stage-design.R
#
# Own formulas: each variance is written out per design with tapply and var. svydesign(~cluster + unit, strata = ~stratum, weights = ~weight,
# fpc = ~clusters + units, nest = TRUE) of survey 4.1.1 with svymean, svytotal, svyratio, subset and degf gives the same numbers, but for the ratios'
# deff = "replace": it gives those without replacement whatever is asked for.

here <- "tests/Onpoint.Measurement.Tests/Estimation"
d <- read.csv(file.path(here, "two-stage-design.csv"))

# Variance of the weighted sum of z, a column that is 0 outside the estimate.
two_stage <- function(z, use, first, second) {
  z <- d$weight * z
  unit <- interaction(d$cluster, d$unit, drop = TRUE)
  unit_total <- tapply(z, unit, sum)
  unit_cluster <- tapply(d$cluster, unit, unique)
  cluster_total <- tapply(z, d$cluster, sum)
  cluster_stratum <- tapply(d$stratum, d$cluster, unique)
  total <- 0
  for (h in unique(d$stratum)) {
    t <- cluster_total[cluster_stratum == h]
    m <- length(t)
    M <- d$clusters[d$stratum == h][1]
    total <- total + (1 - first * m / M) * m * var(t)
    if (first && second > 0) for (i in names(t)) {
      u <- unit_total[unit_cluster == i]
      k <- length(u)
      K <- d$units[d$cluster == i][1]
      known <- any(use[d$cluster == i]) && !(second == 2 && k == K)
      if (known) total <- total + m / M * (1 - (second == 2) * k / K) * k * var(u)
    }
  }
  total
}

estimate <- function(name, kind, use, first, second) {
  w <- d$weight * use
  y <- ifelse(use, d$y, 0)
  x <- ifelse(use, d$x, 0)
  N <- sum(w)
  if (kind == "mean") { value <- sum(w * y) / N; z <- use * (y - value) / N }
  if (kind == "total") { value <- sum(w * y); z <- y }
  if (kind == "ratio") { value <- sum(w * y) / sum(w * x); z <- (y - value * x) / sum(w * x) }
  n <- sum(use)
  variance <- two_stage(z, use, first, second)
  z <- z[use]
  random <- n / (n - 1) * weighted.mean((z - weighted.mean(z, w[use]))^2, w[use]) * N^2 / n
  values <- c(value = value, se = sqrt(variance),
    df = length(unique(d$cluster[use])) - length(unique(d$stratum[use])), rows = n,
    deff = variance / random, deff_without = variance / (random * (N - n) / N))
  setNames(values, paste(name, kind, names(values), sep = "/"))
}

domain <- d$in_domain == 1
has_y <- !is.na(d$y)
has_both <- has_y & !is.na(d$x)
values <- c()
# Both corrections; the first alone with second-stage units drawn with replacement (domain only: cluster c, outside it, has one unit, so its variance is
# unknown); the first alone, clusters whole; none.
for (design in list(list("both", TRUE, 2), list("second-replaced", TRUE, 1), list("clusters-whole", TRUE, 0), list("replaced", FALSE, 0))) {
  for (kind in c("mean", "total", "ratio")) {
    use <- if (kind == "ratio") has_both else has_y
    if (design[[1]] != "second-replaced") values <- c(values, estimate(paste(design[[1]], "all", sep = "/"), kind, use, design[[2]], design[[3]]))
    values <- c(values, estimate(paste(design[[1]], "domain", sep = "/"), kind, use & domain, design[[2]], design[[3]]))
  }
}

writeLines(c("quantity,value", sprintf("%s,%.17g", names(values), values)), file.path(here, "two-stage-design-values.csv"))

# R 4.2.2, base only: Rscript league-coverage.R
# How often the 95 % interval of a league position holds the true rank (docs/methodology.md section 6). True scores are normal with mean 600
# and SD tau, the errors of the districts differ by a factor of up to sqrt(3). "plain" draws around the scores, "cell" given mean and tau.
set.seed(1)
study <- function(D, tau, se, leagues = 400, draws = 1000) {
  held <- c(plain = 0, cell = 0)
  width <- held
  for (league in 1:leagues) {
    truth <- rnorm(D, 600, tau)
    s <- se * sqrt(runif(D, .5, 1.5))
    x <- rnorm(D, truth, s)
    lambda <- tau^2 / (tau^2 + s^2)
    rank.true <- rank(-truth)
    rank.seen <- rank(-x)
    sets <- list(plain = apply(matrix(rnorm(D * draws, x, s), D), 2, function(v) rank(-v)),
                 cell = apply(matrix(rnorm(D * draws, 600 + lambda * (x - 600), tau * sqrt(1 - lambda)), D), 2, function(v) rank(-v)))
    for (kind in names(sets)) {
      ends <- t(apply(sets[[kind]], 1, sort))[, c(draws / 40, draws - draws / 40 + 1)]
      low <- pmin(ends[, 1], rank.seen)
      high <- pmax(ends[, 2], rank.seen)
      held[kind] <- held[kind] + mean(low <= rank.true & rank.true <= high) / leagues
      width[kind] <- width[kind] + mean(high - low) / leagues
    }
  }
  c(D = D, reliability = tau^2 / (tau^2 + se^2), held = held, width = width)
}
print(round(rbind(study(50, 45, 20), study(50, 45, 29.5), study(50, 45, 45), study(50, 45, 55), study(200, 45, 29.5, 60)), 3))

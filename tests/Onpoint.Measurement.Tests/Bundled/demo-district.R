# Reference values of the demonstration district, written to demo-district.csv beside this file.
# Made with R 4.2.2, base packages only, from the root of the repository:
#
#   Rscript tests/Onpoint.Measurement.Tests/Bundled/demo-district.R

here <- "tests/Onpoint.Measurement.Tests/Bundled"
source(file.path(here, "survey.R"))
survey <- read_survey("sample-surveys/demo-district")

values <- c()
summary <- list()
for (i in seq_len(nrow(survey$waves))) {
  wave <- survey$waves$wave[i]
  estimated <- estimate_wave(survey, "cedar-valley", wave)
  summary[[survey$waves$stage[i]]] <- estimated$district["strategy-communication", ]
  values <- c(values, wave_values("cedar-valley", wave, estimated))
  # Shown are the schools with n* of at least 5, less the smallest of them beside a single hidden one.
  sizes <- estimated$school_smallest
  hidden <- names(sizes)[sizes < 5]
  if (length(hidden) == 1) hidden <- c(hidden, setdiff(names(sizes)[order(sizes, names(sizes))], hidden)[1])
  for (school in setdiff(names(sizes), hidden)) {
    values <- c(values, table_values(paste("cedar-valley", wave, school, sep = "/"), estimated$schools[[school]]))
  }
}

# Landmark 1 on own waves: (Planning -> Year 1) - half of (Planning -> Year 2), teachers' sampling errors only, Welch df.
points <- sapply(summary, `[[`, "points")
variance <- sapply(summary, `[[`, "standard_error")^2
df <- sapply(summary, `[[`, "degrees_of_freedom")
contrast <- function(weights) {
  terms <- weights^2 * variance
  error <- sqrt(sum(terms))
  welch <- sum(terms)^2 / sum(terms^2 / df)
  c(points = sum(weights * points), standard_error = error, degrees_of_freedom = welch,
    low = sum(weights * points) - qt(0.975, welch) * error, high = sum(weights * points) + qt(0.975, welch) * error)
}
part <- c(-1, 1, 0)
whole <- c(-1, 0, 1)
values <- c(values, table_values("landmark-1", rbind(gate = contrast(whole), condition = contrast(part - whole / 2))))

# The share of the growth by Year 1 with Fieller's interval: all r for which part - r whole is within t SE of 0, found
# as the two roots of |part - r whole| - t SE(r), with the df at the estimated share.
share <- sum(part * points) / sum(whole * points)
t <- qt(0.975, contrast(part - share * whole)[["degrees_of_freedom"]])
beyond <- function(r) abs(sum((part - r * whole) * points)) - t * sqrt(sum((part - r * whole)^2 * variance))
root <- function(from, to) uniroot(beyond, c(from, to), tol = 1e-15)$root
values <- c(values, "landmark-1/share" = share, "landmark-1/share_low" = root(share - 2, share), "landmark-1/share_high" = root(share, share + 2))

write_values(values, file.path(here, "demo-district.csv"))

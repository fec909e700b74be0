# The peer of survey_bench.cc: R `survey`. Reads rows.csv of a folder, takes mean and headcount by
# regency, writes the results and its own times of svydesign() and of each svyby(), without reading.
#
#   Rscript survey_bench.R FOLDER
suppressMessages(library(survey))
folder <- commandArgs(trailingOnly = TRUE)[1]
rows <- read.csv(file.path(folder, "rows.csv"))
seconds <- function(work) system.time(work)[["elapsed"]]
design_s <- seconds(design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight,
                                        data = rows, nest = TRUE))
mean_s <- seconds(means <- svyby(~welfare, ~regency, design, svymean, keep.names = FALSE))
poor_s <- seconds(shares <- svyby(~poor, ~regency, design, svymean, keep.names = FALSE))
results <- data.frame(regency = means$regency, mean = means$welfare, mean_variance = means$se^2,
                      poor = shares$poor, poor_variance = shares$se^2)
write.csv(format(results, digits = 17), file.path(folder, "results.csv"), row.names = FALSE)
write.csv(data.frame(design_s, mean_s, poor_s, version = as.character(packageVersion("survey"))),
          file.path(folder, "times.csv"), row.names = FALSE)

# Surveys that come with R, as CSV files, and what R `survey` and `laeken` measure in them.
#
#   r_datasets.R FOLDER
#
# Writes FOLDER/<survey>.csv and FOLDER/figures.csv: survey, measure, one parameter, one group, estimate, error
# (empty where the package gives none).
suppressMessages({library(survey); library(laeken)})
folder <- commandArgs(TRUE)[1]
data(api); data(nhanes); data(ses)
surveys <- list(api_stratified = apistrat, api_clustered = apiclus2, nhanes = nhanes, ses = ses)
for (name in names(surveys)) write.csv(surveys[[name]], file.path(folder, paste0(name, ".csv")), row.names = FALSE)

rows <- list()
keep <- function(survey, measure, estimate, error = NA, parameter = "", value = "", by = "", group = "") {
  rows[[length(rows) + 1]] <<- data.frame(survey, measure, parameter, value, by, group,
                                          estimate = as.numeric(estimate), error = as.numeric(error))
}
keep_by <- function(survey, measure, table, by, parameter = "", value = "") {
  for (i in seq_len(nrow(table))) {
    keep(survey, measure, table[i, 2], table[i, 3], parameter, value, by, as.character(table[i, 1]))
  }
}

stratified <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat, fpc = ~fpc)
clustered <- svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2, data = apiclus2)
for (name in c("api_stratified", "api_clustered")) {
  design <- if (name == "api_stratified") stratified else clustered
  mean <- svymean(~api00, design)
  keep(name, "mean", coef(mean), SE(mean))
  total <- svytotal(~enroll, design, na.rm = TRUE)
  keep(name, "total_of", coef(total), SE(total), "of", "enroll")
  both <- subset(design, !is.na(enroll))
  ratio <- svyratio(~api.stu, ~enroll, both)
  keep(name, "ratio", coef(ratio), SE(ratio), "numerator", "api.stu")
  share <- svymean(~as.numeric(sch.wide == "Yes"), design)
  keep(name, "share", coef(share), SE(share), "indicator", "schoolwide")
  keep_by(name, "mean", svyby(~api00, ~stype, design, svymean), "stype")
}

health <- svydesign(id = ~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE, data = nhanes)
all <- svymean(~HI_CHOL, health, na.rm = TRUE)
keep("nhanes", "share", coef(all), SE(all), "indicator", "chol")
keep_by("nhanes", "share", svyby(~HI_CHOL, ~race, health, svymean, na.rm = TRUE), "race", "indicator", "chol")

options(survey.lonely.psu = "average")
earnings <- svydesign(id = ~IDunit, strata = ~interaction(location, NACE1, size, drop = TRUE), weights = ~weights,
                      data = ses, nest = TRUE)
mean <- svymean(~earningsHour, earnings)
keep("ses", "mean", coef(mean), SE(mean))
keep_by("ses", "mean", svyby(~earningsHour, ~sex, earnings, svymean), "sex")
hour <- ses$earningsHour
keep("ses", "gini", gini(hour, weights = ses$weights)$value / 100)
keep("ses", "qsr", qsr(hour, weights = ses$weights)$value)
keep("ses", "p0", arpr(hour, weights = ses$weights)$value / 100, parameter = "line", value = "60%median")
keep("ses", "relative_median_gap", rmpg(hour, weights = ses$weights)$value / 100, parameter = "line",
     value = "60%median")

figures <- do.call(rbind, rows)
figures$estimate <- sprintf("%.17g", figures$estimate)
figures$error <- ifelse(is.na(figures$error), "", sprintf("%.17g", figures$error))
write.csv(figures, file.path(folder, "figures.csv"), row.names = FALSE, quote = FALSE)

# The other side of survey_against_r_test.cc: reads the surveys of a folder, measures them with the
# packages `survey` and `laeken`, and writes results.csv (survey, measure, domain, field, value).
#
#   Rscript survey_in_r.R FOLDER
#
# surveys.csv says how each survey was drawn; survey_N.csv has its rows, replicates_N.csv sets of
# weights that the library made. What `survey` does not linearise itself is given to svytotal() as
# a linearised variable written here from Osier (2009) and Deville (1999).
suppressMessages({
  library(survey)
  library(laeken)
})
folder <- commandArgs(trailingOnly = TRUE)[1]
out <- file(file.path(folder, "results.csv"), "w")
cat("survey,measure,domain,field,value\n", file = out)

put <- function(survey, measure, domain, ...) {
  fields <- list(...)
  for (field in names(fields)) {
    cat(sprintf("%d,%s,%s,%s,%.17g\n", survey, measure, domain, field, fields[[field]]), file = out)
  }
}

design_of <- function(rows, how, single) {
  ids <- if (how$clustered == 0) "~1" else
    paste0("~", paste0("unit", seq_len(how$stages), collapse = "+"))
  strata <- if (how$stratified == 0) NULL else if (how$second_strata == 0) ~stratum1 else
    ~stratum1 + stratum2
  fpc <- if (how$population == "unknown") NULL else
    as.formula(paste0("~", paste0("population", seq_len(how$stages), collapse = "+")))
  options(survey.lonely.psu = single, survey.ultimate.cluster = how$ultimate == 1)
  svydesign(ids = as.formula(ids), strata = strata, fpc = fpc, weights = ~weight, data = rows,
            nest = !is.null(strata))
}

# Linearised variables of one sample: value and one number per row.
quantile_of <- function(y, w, p) {
  o <- order(y)
  y[o][which(cumsum(w[o]) >= p * sum(w) * (1 - 1e-12))[1]]
}
bandwidth <- function(y, w) {
  n <- sum(w)
  sqrt(sum(w * (y - sum(w * y) / n)^2) / n) / n^0.2
}
density_at <- function(y, w, x, h) sum(w * dnorm((x - y) / h)) / (sum(w) * h)
lin_quantile <- function(y, w, p) {
  q <- quantile_of(y, w, p)
  list(value = q, u = -((y <= q) - p) / (sum(w) * density_at(y, w, q, bandwidth(y, w))))
}
lin_gini <- function(y, w) {
  o <- order(y)
  r <- g <- numeric(length(y))
  r[o] <- cumsum(w[o])
  g[o] <- cumsum((w * y)[o])
  n <- sum(w)
  total <- sum(w * y)
  top <- sum(w * y * (2 * r - w))
  value <- top / (n * total) - 1
  list(value = value,
       u = 2 * (total - g + r * y) / (n * total) - top / (n * total) * (1 / n + y / total))
}
lin_qsr <- function(y, w) {
  h <- bandwidth(y, w)
  part <- function(p) {
    q <- lin_quantile(y, w, p)
    slope <- sum(w * y * dnorm((q$value - y) / h)) / h
    list(q = q$value, u = y * (y <= q$value) + slope * q$u)
  }
  low <- part(0.2)
  high <- part(0.8)
  poor <- sum((w * y)[y <= low$q])
  rich <- sum((w * y)[y > high$q])
  list(value = rich / poor, u = ((y - high$u) * poor - rich * low$u) / poor^2)
}
lin_theil <- function(y, w) {
  n <- sum(w)
  total <- sum(w * y)
  t1 <- sum(w * y * log(y))
  list(value = t1 / total - log(total / n),
       u = y * log(y) / total - t1 * y / total^2 - y / total + 1 / n)
}
lin_atkinson1 <- function(y, w) {
  n <- sum(w)
  m <- sum(w * y) / n
  g <- exp(sum(w * log(y)) / n)
  list(value = 1 - g / m,
       u = -(g / m) * ((log(y) - log(g)) / n - (y - m) / (n * m)))
}
# A poverty measure of the rows `inside` under a line with the influence `of_line` on all rows.
lin_under_line <- function(y, w, inside, line, of_line, order) {
  n <- sum(w[inside])
  gap <- ifelse(y < line, ((line - y) / line)^order, 0)
  value <- sum((w * gap)[inside]) / n
  slope <- if (order == 0)
    density_at(y[inside], w[inside], line, bandwidth(y[inside], w[inside])) else
    sum((w * ifelse(y < line, order * ((line - y) / line)^(order - 1) * y / line^2, 0))[inside]) / n
  list(value = value, u = ifelse(inside, (gap - value) / n, 0) + slope * of_line)
}

measure <- function(number, design, rows, domain, inside) {
  part <- if (all(inside)) design else design[inside, ]
  y <- rows$welfare[inside]
  w <- rows$weight[inside]
  df <- degf(part)
  put(number, "df", domain, value = df)
  plain <- function(name, s) {
    ci <- confint(s, df = df)
    put(number, name, domain, value = coef(s)[[1]], variance = as.numeric(vcov(s))[1],
        lower = ci[1], upper = ci[2], effect = as.numeric(deff(s))[1], cv = as.numeric(cv(s))[1])
  }
  plain("total", svytotal(~welfare, part, deff = "replace"))
  plain("mean", svymean(~welfare, part, deff = "replace"))
  plain("share", svymean(~deprived, part, deff = "replace"))
  r <- svyratio(~welfare, ~size, part)
  put(number, "ratio", domain, value = coef(r)[[1]], variance = as.numeric(vcov(r))[1])
  logit <- svyciprop(~deprived, part, method = "xlogit")
  put(number, "share_logit", domain, value = coef(logit)[[1]], lower = confint(logit)[1],
      upper = confint(logit)[2])
  for (p in c(0.25, 0.5)) {
    q <- suppressWarnings(svyquantile(~welfare, part, p, interval.type = "mean"))$welfare
    put(number, paste0("quantile", p), domain, value = q[1, 1], lower = q[1, 2], upper = q[1, 3],
        variance = q[1, 4]^2)
  }
  lin <- function(name, l) {
    put(number, name, domain, value = l$value, variance = as.numeric(vcov(svytotal(l$u, part))))
  }
  lin("gini", lin_gini(y, w))
  lin("qsr", lin_qsr(y, w))
  lin("theil", lin_theil(y, w))
  lin("atkinson1", lin_atkinson1(y, w))
  whole_y <- rows$welfare
  whole_w <- rows$weight
  median <- lin_quantile(whole_y, whole_w, 0.5)
  for (order in 0:2) {
    l <- lin_under_line(whole_y, whole_w, inside, 0.6 * median$value, 0.6 * median$u, order)
    put(number, paste0("under_line", order), domain, value = l$value,
        variance = as.numeric(vcov(svytotal(l$u, design))))
  }
  kept <- w > 0
  put(number, "laeken_gini", domain, value = gini(y[kept], w[kept])$value / 100)
  put(number, "laeken_qsr", domain, value = qsr(y[kept], w[kept])$value)
  put(number, "laeken_median", domain, value = weightedMedian(y[kept], w[kept]))
}

replicate_variance <- function(number, name, design, mse) {
  for (domain in c("all", 0:3)) {
    part <- if (domain == "all") design else design[design$variables$domain == domain, ]
    m <- svymean(~welfare, part)
    r <- svyratio(~welfare, ~size, part)
    put(number, paste0(name, if (mse) "_mse" else "", "_mean"), domain, value = coef(m)[[1]],
        variance = as.numeric(vcov(m))[1])
    put(number, paste0(name, if (mse) "_mse" else "", "_ratio"), domain, value = coef(r)[[1]],
        variance = as.numeric(vcov(r))[1])
  }
}

surveys <- read.csv(file.path(folder, "surveys.csv"))
for (i in seq_len(nrow(surveys))) {
  how <- surveys[i, ]
  rows <- read.csv(file.path(folder, sprintf("survey_%d.csv", how$number)))
  design <- design_of(rows, how, how$single)
  measure(how$number, design, rows, "all", rep(TRUE, nrow(rows)))
  for (d in sort(unique(rows$domain))) measure(how$number, design, rows, d, rows$domain == d)

  for (mse in if (how$replicates == 1) c(FALSE, TRUE) else c()) {
    type <- if (how$stratified == 1) "JKn" else "JK1"
    jackknife <- as.svrepdesign(design, type = type, mse = mse)
    replicate_variance(how$number, "jackknife", jackknife, mse)
    bootstrap <- read.csv(file.path(folder, sprintf("replicates_%d.csv", how$number)))
    columns <- svrepdesign(weights = ~weight, repweights = bootstrap, data = rows, type = "other",
                           scale = 1 / (ncol(bootstrap) - 1), rscales = rep(1, ncol(bootstrap)),
                           combined.weights = TRUE, mse = mse)
    replicate_variance(how$number, "bootstrap", columns, mse)
  }
}
close(out)

# The peer of rank_bench.cc: reads the scores of a folder, ranks them (ties by place), writes the families in
# order of rank, the seconds of rank() alone and R's version.
#
#   Rscript rank.R FOLDER FAMILIES
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
scores <- readBin(file.path(folder, "scores.bin"), "integer", as.integer(arguments[2]), size = 4)
seconds <- system.time(ranks <- rank(scores, ties.method = "first"))[["elapsed"]]
order <- integer(length(ranks))
order[ranks] <- seq_along(ranks) - 1L
writeBin(order, file.path(folder, "order.bin"), size = 4)
writeLines(c(format(seconds, digits = 17), as.character(getRversion())), file.path(folder, "r.txt"))

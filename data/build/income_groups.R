# Writes curated/income_groups.csv: the income group that Natural Earth gives each country.
#
#     Rscript data/build/income_groups.R data/build/curated/income_groups.csv
#
# Needs Debian's r-cran-rnaturalearthdata, the only step of the pack that needs R; the table is checked in, and build.py
# reads it. Countries too small for the 50 m polygons are taken from the layer of tiny ones.
library(rnaturalearthdata)

groups_of <- function(layer, name) {
  rows <- attr(layer, "data")
  data.frame(adm0_a3 = as.character(rows$adm0_a3), name = as.character(rows$admin), layer = name,
             income_grp = as.character(rows$income_grp), stringsAsFactors = FALSE)
}

groups <- groups_of(countries50, "countries50")
tiny <- groups_of(tiny_countries50, "tiny_countries50")
groups <- rbind(groups, tiny[!tiny$adm0_a3 %in% groups$adm0_a3, ])
groups <- groups[order(groups$adm0_a3, method = "radix"), ]
out <- commandArgs(trailingOnly = TRUE)
if (length(out) != 1) stop("name the file to write, as in: Rscript income_groups.R curated/income_groups.csv")
write.csv(groups, out, row.names = FALSE, quote = FALSE, fileEncoding = "UTF-8")

#include "common/measures/catalogue.h"

#include <algorithm>
#include <array>

namespace sepakat::measures {
namespace {

constexpr auto kCatalogue = std::to_array<Measure>({
    {"families", "Keluarga", "Families", "count", 0, 0},
    {"persons", "Penduduk", "Persons", "count", 0, 0},
    {"poor_persons", "Penduduk miskin", "Poor persons", "count", -1, 0},
    {"poor_families", "Keluarga miskin", "Poor families", "count", -1, 0},
    {"p0", "Persentase penduduk miskin (P0)", "Poverty headcount (P0)", "percent", -1, 6},
    {"p1", "Indeks kedalaman kemiskinan (P1)", "Poverty gap index (P1)", "index", -1, 6},
    {"p2", "Indeks keparahan kemiskinan (P2)", "Poverty severity index (P2)", "index", -1, 6},
    {"mean_welfare", "Rata-rata kesejahteraan per kapita", "Mean welfare per head", "rupiah", 1, 2},
    {"median_welfare", "Median kesejahteraan per kapita", "Median welfare per head", "rupiah", 1,
     2},
    {"gini", "Rasio Gini", "Gini ratio", "index", -1, 6},
    {"bottom40_welfare_share", "Pangsa kesejahteraan 40% terbawah",
     "Welfare share of the poorest 40%", "percent", 1, 6},
    {"palma", "Rasio Palma", "Palma ratio", "index", -1, 4},
    {"s80s20", "Rasio S80/S20", "S80/S20 ratio", "index", -1, 4},
    {"deprived.unfit_house", "Rumah tidak layak huni", "Unfit house", "percent", -1, 6},
    {"deprived.inadequate_floor_space", "Luas lantai kurang", "Inadequate floor space", "percent",
     -1, 6},
    {"deprived.inadequate_water", "Air minum tidak layak", "Inadequate drinking water", "percent",
     -1, 6},
    {"deprived.inadequate_sanitation", "Sanitasi tidak layak", "Inadequate sanitation", "percent",
     -1, 6},
    {"deprived.no_own_toilet", "Tanpa jamban sendiri", "No toilet of its own", "percent", -1, 6},
    {"deprived.no_electricity", "Tanpa listrik", "No electricity", "percent", -1, 6},
    {"deprived.solid_cooking_fuel", "Memasak dengan bahan bakar padat", "Solid cooking fuel",
     "percent", -1, 6},
    {"deprived.out_of_school", "Anak tidak sekolah", "Child out of school", "percent", -1, 6},
    {"deprived.uninsured", "Anggota tanpa jaminan kesehatan", "Member without health insurance",
     "percent", -1, 6},
    {"deprived.disability", "Anggota penyandang disabilitas", "Member with a disability", "percent",
     -1, 6},
    {"deprived.low_schooling", "Tidak ada yang bersekolah enam tahun",
     "Nobody with six years of schooling", "percent", -1, 6},
    {"deprived.no_civil_document", "Anggota tanpa NIK", "Member without civil document", "percent",
     -1, 6},
    {"deprived.malnourished_child", "Balita kurang gizi", "Malnourished child", "percent", -1, 6},
    {"deprived.few_assets", "Aset sangat sedikit", "Few assets", "percent", -1, 6},
    {"decile_families.1", "Keluarga desil 1", "Families in decile 1", "count", 0, 0},
    {"decile_families.2", "Keluarga desil 2", "Families in decile 2", "count", 0, 0},
    {"decile_families.3", "Keluarga desil 3", "Families in decile 3", "count", 0, 0},
    {"decile_families.4", "Keluarga desil 4", "Families in decile 4", "count", 0, 0},
    {"decile_families.5", "Keluarga desil 5", "Families in decile 5", "count", 0, 0},
    {"decile_families.6", "Keluarga desil 6", "Families in decile 6", "count", 0, 0},
    {"decile_families.7", "Keluarga desil 7", "Families in decile 7", "count", 0, 0},
    {"decile_families.8", "Keluarga desil 8", "Families in decile 8", "count", 0, 0},
    {"decile_families.9", "Keluarga desil 9", "Families in decile 9", "count", 0, 0},
    {"decile_families.10", "Keluarga desil 10", "Families in decile 10", "count", 0, 0},
    {"decile_persons.1", "Penduduk desil 1", "Persons in decile 1", "count", 0, 0},
    {"decile_persons.2", "Penduduk desil 2", "Persons in decile 2", "count", 0, 0},
    {"decile_persons.3", "Penduduk desil 3", "Persons in decile 3", "count", 0, 0},
    {"decile_persons.4", "Penduduk desil 4", "Persons in decile 4", "count", 0, 0},
    {"decile_persons.5", "Penduduk desil 5", "Persons in decile 5", "count", 0, 0},
    {"decile_persons.6", "Penduduk desil 6", "Persons in decile 6", "count", 0, 0},
    {"decile_persons.7", "Penduduk desil 7", "Persons in decile 7", "count", 0, 0},
    {"decile_persons.8", "Penduduk desil 8", "Persons in decile 8", "count", 0, 0},
    {"decile_persons.9", "Penduduk desil 9", "Persons in decile 9", "count", 0, 0},
    {"decile_persons.10", "Penduduk desil 10", "Persons in decile 10", "count", 0, 0},
    {"bottom40_share", "Keluarga pada desil 1-4", "Families in deciles 1 to 4", "percent", -1, 6},
    {"score_mean", "Rata-rata skor taksiran", "Mean estimated score", "score", 1, 6},
    {"coverage", "Keluarga dengan data kesejahteraan", "Families with known welfare", "percent", 1,
     6},
    {"families_in_need", "Keluarga yang membutuhkan program", "Families in need of a programme",
     "count", -1, 0},
});

}  // namespace

std::span<const Measure> Catalogue() { return kCatalogue; }

const Measure* FindMeasure(std::string_view id) {
  const auto it = std::ranges::find(kCatalogue, id, &Measure::id);
  return it == kCatalogue.end() ? nullptr : &*it;
}

}  // namespace sepakat::measures

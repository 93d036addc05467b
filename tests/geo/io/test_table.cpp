#include "geo/io/table.h"

#include <cpl_vsi.h>

#include <catch2/catch.hpp>
#include <string>

#include "tests/geo/io/temp_folder.h"

using namespace domino::geo;
using domino::geo::testing::TempFolder;

namespace {

void pack(const std::filesystem::path& path, const std::string& text) {
    VSILFILE* file = VSIFOpenL(("/vsigzip/" + path.string()).c_str(), "wb");
    REQUIRE(file != nullptr);
    VSIFWriteL(text.data(), 1, text.size(), file);
    VSIFCloseL(file);
}

}  // namespace

TEST_CASE("plain and packed tables read alike and leave nothing behind", "[geo][io]") {
    const TempFolder folder;
    std::string text = "iso2,n\n";
    for (int i = 0; i < 20000; ++i) text += "NA," + std::to_string(i) + "\n";
    const auto plain = folder.write("t.csv", text);
    pack(folder / "t.csv.gz", text);
    const std::size_t files = folder.files();
    const Table a = io::read_table(plain);
    const Table b = io::read_table(folder / "t.csv.gz");
    REQUIRE(a.rows() == 20000);
    REQUIRE(b.rows() == 20000);
    CHECK(b.cell(19999, 0) == "NA");
    CHECK(b.integer(19999, 1) == 19999);
    CHECK(b.line(19999) == 20001);
    CHECK(folder.files() == files);
}

TEST_CASE("tables that cannot be read say why", "[geo][io]") {
    const TempFolder folder;
    CHECK_THROWS_WITH(io::read_table(folder / "none.csv"), Catch::Contains("there is no such file"));
    CHECK_THROWS_WITH(io::read_table(folder.path()), Catch::Contains("this is a folder"));
    CHECK_THROWS_WITH(io::read_table(folder.write("fake.csv.gz", "a,b\n1,2\n")),
                      Catch::Contains("packed with gzip"));
    std::string text = "a\n";
    for (int i = 0; i < 50000; ++i) text += std::to_string(i * 7919 % 10007) + "\n";
    pack(folder / "whole.csv.gz", text);
    const std::string bytes = testing::read_bytes(folder / "whole.csv.gz");
    const auto cut = folder.write("cut.csv.gz", bytes.substr(0, bytes.size() / 2));
    CHECK_THROWS_WITH(io::read_table(cut), Catch::Contains("cut.csv.gz"));
}

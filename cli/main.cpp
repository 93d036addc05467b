#include "cli/program.h"

int main(int argc, char** argv) {
    return domino::cli::run_program(argc, argv);
}

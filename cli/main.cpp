#include "cli/freed_memory.h"
#include "cli/program.h"

int main(int argc, char** argv) {
    domino::cli::keep_freed_memory();
    return domino::cli::run_program(argc, argv);
}

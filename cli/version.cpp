#include "cli/version.h"

#if __has_include("domino_commit.h")
#include "domino_commit.h"
#else
#define DOMINO_COMMIT ""
#endif

namespace domino::cli {

std::string program_version() {
    return DOMINO_VERSION;
}

std::string program_commit() {
    return DOMINO_COMMIT;
}

}  // namespace domino::cli

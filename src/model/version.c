/* The version of the library. */
#include <fahrplan.h>

const char *fpl_version(void)
{
    return FPL_VERSION;
}

/* Finding the published cases. */
#include "support/check.h"

#include <fahrplan/io.h>

char *case_file(const char *name, size_t *size)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", CASES_DIR, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) skip();
    char *text = NULL;
    size_t room = 1 << 22;
    text = calloc(room, 1);
    assert_non_null(text);
    *size = fread(text, 1, room - 1, file);
    fclose(file);
    return text;
}

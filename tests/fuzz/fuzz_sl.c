/* Solution files from hostile hands: refused with a reason, or back byte for byte. */
#include <fahrplan/solutions.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fpl_solutions *solutions = NULL;
    char *written = NULL;
    size_t written_size = 0;
    fpl_error error = {0};
    const char *text = (const char *)data;
    if (fpl_solutions_read(text, size, "fuzz", &solutions, &error) != FPL_OK) {
        if (error.message[0] == '\0' || error.mark.line == 0) abort();
        return 0;
    }
    for (size_t i = 0; i < fpl_solutions_n(solutions); i++)
        fpl_solution_weight_is_clipped(fpl_solutions_get(solutions, i));
    if (fpl_solutions_write(solutions, &written, &written_size, &error) != FPL_OK)
        abort();
    if (written_size != size || memcmp(written, text, size) != 0) abort();
    fpl_string_free(written);
    fpl_solutions_free(solutions);
    return 0;
}

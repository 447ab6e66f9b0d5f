/* The canonical layout of a text: its tree, laid out and written again. */
#include "base/status.h"
#include "io/yaml_emit.h"
#include "io/yaml_layout.h"
#include "io/yaml_read.h"

#include <fahrplan/io.h>

#include <string.h>

fpl_status fpl_yaml_format(const char *text, size_t size, const char *name,
                           char **formatted, size_t *formatted_size, fpl_error *error)
{
    fpl_content ignored; /* what counts is that its shape is right */
    memset(&ignored, 0, sizeof ignored);
    fpli_yaml_tree tree;
    fpli_buffer buffer = {0};
    fpl_status status = FPL_OK;
    fpli_arena *arena = fpli_arena_new();
    if (arena == NULL) FPL_TRY(fpli_no_memory(error));
    FPL_TRY(fpli_yaml_parse(arena, text, size, name, 0, &tree, error));
    FPL_TRY(fpli_yaml_to_content(arena, &tree, name, FPLI_YAML_MODEL, &ignored, error));
    FPL_TRY(fpli_yaml_attach_comments(&tree, error));
    fpli_yaml_lay_out(tree.root);
    fpli_yaml_emit(&buffer, tree.root);
    FPL_TRY(fpli_buffer_take(&buffer, formatted, formatted_size, error));
out:
    fpli_buffer_clear(&buffer);
    fpli_arena_free(arena);
    return status;
}

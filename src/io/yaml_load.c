/* The native format as a whole: text to model, with the file of observations if the model
 * names one. */
#include "base/status.h"
#include "base/text.h"
#include "io/io.h"
#include "io/yaml_read.h"
#include "model/builder.h"
#include "model/records.h"

#include <string.h>

typedef struct loading {
    fpli_arena *arena; /* of the content; handed to the builder */
    fpli_arena *trees;
    fpl_content content;
    const char *name;
    char *second_name;
    char *second_text;
    fpl_error *error;
} loading;

static fpl_status read_text(loading *l, const char *text, size_t size, const char *name,
                            fpli_yaml_role role, fpl_content *content)
{
    fpli_yaml_tree tree;
    fpl_status status = fpli_yaml_parse(l->trees, text, size, name,
                                        role == FPLI_YAML_MODEL ? 0 : 1, &tree, l->error);
    if (status != FPL_OK) return status;
    return fpli_yaml_to_content(l->arena, &tree, name, role, content, l->error);
}

/* ---- the file of observations ------------------------------------------------------ */

/* The name of a file in the folder of another. */
static fpl_status beside(loading *l, const char *path)
{
    const char *slash = strrchr(path, '/');
    fpli_buffer buffer = {0};
    if (slash != NULL) fpli_put_bytes(&buffer, path, (size_t)(slash + 1 - path));
    fpli_put(&buffer, l->content.observations_file);
    return fpli_buffer_take(&buffer, &l->second_name, NULL, l->error);
}

static fpl_status append_list(loading *l, const fpli_field *field, fpl_content *from)
{
    fpli_list *to = fpli_member(&l->content, field), *added = fpli_member(from, field);
    const size_t size = field->record->size;
    for (int i = 0; i < added->n; i++) {
        void *item = fpli_list_append(l->arena, to, size);
        if (item == NULL) return fpli_no_memory(l->error);
        memcpy(item, (char *)added->items + (size_t)i * size, size);
    }
    return FPL_OK;
}

static fpl_status append_extras(loading *l, const fpl_content *from)
{
    for (int i = 0; i < from->head.extras.n; i++) {
        const fpl_extra *extra = &from->head.extras.items[i];
        bool known = false;
        for (int j = 0; j < l->content.head.extras.n; j++)
            known |= strcmp(l->content.head.extras.items[j].key, extra->key) == 0;
        if (known) continue;
        fpl_extra *item = fpli_list_append(l->arena, &l->content.head.extras,
                                           sizeof *item);
        if (item == NULL) return fpli_no_memory(l->error);
        *item = *extra;
    }
    return FPL_OK;
}

/* Title and summary of the second file speak of that file and are left there. */
static fpl_status merge(loading *l, fpl_content *second)
{
    fpl_status status;
    for (int i = 0; i < fpli_content_record.n_fields; i++) {
        const fpli_field *field = &fpli_content_record.fields[i];
        if (field->type != FPLI_RECORDS) continue;
        FPL_TRY(append_list(l, field, second));
    }
    FPL_TRY(append_extras(l, second));
out:
    return status;
}

static fpl_status read_second(loading *l, const char *path)
{
    fpl_content second;
    memset(&second, 0, sizeof second);
    size_t size = 0;
    fpl_status status;
    FPL_TRY(beside(l, path));
    FPL_TRY(fpl_file_read(l->second_name, &l->second_text, &size, l->error));
    FPL_TRY(read_text(l, l->second_text, size, l->second_name, FPLI_YAML_OBSERVATIONS,
                      &second));
    FPL_TRY(merge(l, &second));
out:
    return status;
}

/* ---- models ------------------------------------------------------------------------ */

static fpl_status build(loading *l, fpl_model **model)
{
    fpl_builder *builder = NULL;
    fpli_arena *arena = l->arena;
    l->arena = NULL; /* the builder's from now on */
    fpl_status status;
    FPL_TRY(fpli_builder_take(arena, &l->content, l->name, &builder, l->error));
    FPL_TRY(fpli_builder_set_second_file(builder, l->second_name, l->error));
    FPL_TRY(fpl_builder_build(builder, model, l->error));
out:
    fpl_builder_free(builder);
    return status;
}

/* path: where the text came from; NULL: from memory, and no other file is opened. */
static fpl_status load(const char *text, size_t size, const char *name, const char *path,
                       fpl_model **model, fpl_error *error)
{
    loading l;
    memset(&l, 0, sizeof l);
    l.name = name;
    l.error = error;
    l.arena = fpli_arena_new();
    l.trees = fpli_arena_new();
    fpl_status status = FPL_OK;
    if (l.arena == NULL || l.trees == NULL) FPL_TRY(fpli_no_memory(error));
    FPL_TRY(read_text(&l, text, size, name, FPLI_YAML_MODEL, &l.content));
    if (l.content.observations_file != NULL && path == NULL)
        FPL_TRY(fpli_fail_at(
            error, FPL_E_UNSUPPORTED, name, (fpl_mark){0},
            "the observations stand in the file '%s', and a model that does not "
            "come from a file has none beside it",
            l.content.observations_file));
    else if (l.content.observations_file != NULL)
        FPL_TRY(read_second(&l, path));
    fpli_arena_free(l.trees);
    l.trees = NULL;
    FPL_TRY(build(&l, model));
out:
    fpli_arena_free(l.trees);
    fpli_arena_free(l.arena);
    fpli_free(l.second_name);
    fpli_free(l.second_text);
    return status;
}

fpl_status fpli_yaml_read(const char *text, size_t size, const char *name,
                          const fpl_load_options *options, fpl_model **model,
                          fpl_error *error)
{
    (void)options;
    return load(text, size, name, NULL, model, error);
}

fpl_status fpli_yaml_read_beside(const char *text, size_t size, const char *path,
                                 const fpl_load_options *options, fpl_model **model,
                                 fpl_error *error)
{
    (void)options;
    return load(text, size, path, path, model, error);
}

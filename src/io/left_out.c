/* A walk over the field table: what is stated and not held is named once, by the shortest
 * path that holds nothing the format has. */
#include "io/left_out.h"

#include "base/status.h"
#include "base/text.h"
#include "io/io.h"
#include "model/records.h"

#include <stdio.h>
#include <string.h>

enum { PATH_MAX_ = 120, LIST_MAX = 400 };

typedef struct leaving {
    const fpl_save_options *options;
    const char *what;
    const char *const *held;
    fpli_buffer seen; /* "\n" path "\n" path "\n" */
    char list[LIST_MAX];
    const fpl_error *error; /* whose language is spoken */
} leaving;

static void tell_list(leaving *l)
{
    if (l->list[0] == '\0') return;
    fpli_tell(l->options->notice, l->options->context, l->error, NULL, (fpl_mark){0},
              "%s cannot hold everything; left out: %s",
              fpli_translated(l->error, l->what), l->list);
    l->list[0] = '\0';
}

static void leave_out(leaving *l, const char *path)
{
    char line[PATH_MAX_ + 8];
    snprintf(line, sizeof line, "\n%s\n", path);
    if (l->seen.text != NULL && strstr(l->seen.text, line) != NULL) return;
    fpli_put(&l->seen, line);
    if (strlen(l->list) + strlen(path) + 3 > sizeof l->list) tell_list(l);
    const size_t used = strlen(l->list);
    snprintf(l->list + used, sizeof l->list - used, "%s%s", used == 0 ? "" : ", ", path);
}

/* 2: the format holds it all; 1: part of what is below; 0: nothing. */
static int holds(const leaving *l, const char *path)
{
    const size_t length = strlen(path);
    int best = 0;
    for (int i = 0; l->held[i] != NULL; i++) {
        if (strcmp(l->held[i], path) == 0) return 2;
        if (strncmp(l->held[i], path, length) == 0 && l->held[i][length] == '.') best = 1;
    }
    return best;
}

static bool is_default(const fpli_field *field, const void *base)
{
    if (strcmp(field->key, "grades") != 0) return false;
    static const char *const ids[] = {"stated", "implied", "analyst"};
    const fpl_content *content = base;
    if (content->grades.n != 3) return false;
    for (int i = 0; i < 3; i++) {
        const fpl_grade *grade = &content->grades.items[i];
        if (strcmp(grade->id, ids[i]) != 0 || grade->name.n > 0 || grade->radius.stated ||
            grade->price.value != 4 >> i)
            return false;
    }
    return true;
}

static void walk(leaving *l, const fpli_record *record, const void *base,
                 const char *path);

static void walk_field(leaving *l, const fpli_field *field, const void *base,
                       const char *path)
{
    char below[PATH_MAX_];
    snprintf(below, sizeof below, "%s%s%s", path, *path == '\0' ? "" : ".", field->key);
    if (fpli_field_is_empty(field, base)) return;
    const int held = holds(l, below);
    const void *member = (const char *)base + field->offset;
    const fpli_list *list = member;
    if (held == 0) {
        if (*path != '\0' || !is_default(field, base)) leave_out(l, below);
    } else if (field->type == FPLI_TEXT) {
        if (list->n > 1)
            leave_out(l, fpli_translated(l->error, N_("all languages but one")));
    } else if (field->type == FPLI_RECORD) {
        walk(l, field->record, member, below);
    } else if (field->type == FPLI_RECORDS || field->type == FPLI_MAP) {
        for (int i = 0; i < list->n; i++)
            walk(l, field->record,
                 (const char *)list->items + (size_t)i * field->record->size, below);
    }
}

static void walk(leaving *l, const fpli_record *record, const void *base,
                 const char *path)
{
    const fpl_head *head = base;
    if (record != &fpli_citation_record && holds(l, path) != 2)
        for (int i = 0; i < head->extras.n; i++)
            if (*path != '\0' || holds(l, head->extras.items[i].key) != 2)
                leave_out(l, head->extras.items[i].key);
    if (*path != '\0' && holds(l, path) == 2) return;
    for (int i = 0; i < record->n_fields; i++) {
        const fpli_field *field = &record->fields[i];
        if (field->type == FPLI_CITED)
            walk(l, field->record, (const char *)base + field->offset, path);
        else
            walk_field(l, field, base, path);
    }
}

fpl_status fpli_tell_left_out(const fpl_model *model, const fpl_save_options *options,
                              const char *what, const char *const *held, const char *more,
                              fpl_error *error)
{
    if (options->notice == NULL) return FPL_OK;
    const fpl_content *content = fpl_model_content(model);
    leaving l = {.options = options, .what = what, .held = held, .error = error};
    walk(&l, &fpli_content_record, content, "");
    if (content->observations_file != NULL && content->observations.n == 0)
        leave_out(&l, "observations");
    if (*more != '\0') leave_out(&l, fpli_translated(error, more));
    const bool complete = !l.seen.broken;
    if (complete) tell_list(&l);
    fpli_buffer_clear(&l.seen);
    return complete ? FPL_OK : fpli_no_memory(error);
}

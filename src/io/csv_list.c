/* The long list: one judgement a line, columns named by the first; docs/formats.md,
 * section 4.1.
 *
 * First all names are gathered, in the order in which they appear; then the lines are
 * sorted into judgement groups; then the groups become sections. */
#include "io/csv_list.h"

#include "base/names.h"
#include "base/status.h"
#include "io/csv_model.h"
#include "io/ids.h"
#include "io/io.h"
#include "model/records.h"

#include <stdio.h>
#include <string.h>

enum {
    FROM,
    FROM_VARIANT,
    TO,
    TO_VARIANT,
    SCORE,
    WHY,
    SOURCE,
    AT,
    GRADE,
    CODER,
    N_COLUMNS
};
enum { N_REQUIRED = SCORE + 1 };

static const char *const headings[N_COLUMNS] = {
    "from", "from_variant", "to", "to_variant", "score",
    "why",  "source",       "at", "grade",      "coder"};
static const char known[] = N_(
    "columns are from, from_variant, to, to_variant, score and, "
    "if you like, why, source, at, "
    "grade, coder");

typedef struct group { /* of a variant of one descriptor on another */
    fpl_decimal *values;
    int *rows;  /* of the table, by variant of the target; 0: not listed */
    int reason; /* the row whose words count; 0: none */
} group;

typedef struct listing {
    fpli_arena *arena;
    const fpli_csv_table *table;
    fpl_content *content;
    fpl_error *error;
    int columns[N_COLUMNS]; /* -1: absent */
    fpli_names descriptors, variants, sources;
    int (*judged)[4]; /* by row: descriptor and variant, from and to */
    int *offsets;     /* of the variants, by descriptor */
    group **groups;   /* [offset of the source variant][target] */
} listing;

static fpli_cell cell_of(const listing *l, int row, int column)
{
    return fpli_csv_cell(l->table, row, l->columns[column]);
}

/* ---- headings
 * ----------------------------------------------------------------------------- */

static int heading_of(const char *text)
{
    for (int i = 0; i < N_COLUMNS; i++)
        if (strcmp(headings[i], text) == 0) return i;
    return -1;
}

bool fpli_csv_is_list(const fpli_csv_table *table)
{
    int required = 0;
    for (int c = 0; c < table->rows[0].n; c++) {
        const int heading = heading_of(table->rows[0].cells[c].text);
        required += heading >= 0 && heading < N_REQUIRED;
    }
    return required >= N_REQUIRED - 1;
}

static const char *heading_name(const void *context, int i)
{
    (void)context;
    return headings[i];
}

static fpl_status read_headings(listing *l)
{
    for (int i = 0; i < N_COLUMNS; i++) l->columns[i] = -1;
    for (int c = 0; c < l->table->n_columns; c++) {
        const fpli_cell cell = fpli_csv_cell(l->table, 0, c);
        const int heading = heading_of(cell.text);
        if (heading < 0) {
            const int near = fpli_nearest(cell.text, heading_name, NULL, N_COLUMNS);
            fpl_status status = cell.text[0] == '\0'
                                    ? fpli_csv_fail(l->table, &cell, l->error,
                                                    "this column has no name")
                                    : fpli_csv_fail(l->table, &cell, l->error,
                                                    "no column is called '%s'",
                                                    cell.text);
            if (near >= 0)
                fpli_note(l->error, (fpl_mark){0}, "'%s' is near; %s", headings[near],
                          fpli_translated(l->error, known));
            else
                fpli_note(l->error, (fpl_mark){0}, "%s",
                          fpli_translated(l->error, known));
            return status;
        }
        if (l->columns[heading] >= 0)
            return fpli_csv_fail(l->table, &cell, l->error,
                                 "the column '%s' stands twice", cell.text);
        l->columns[heading] = c;
    }
    for (int i = 0; i < N_REQUIRED; i++) {
        if (l->columns[i] >= 0) continue;
        const fpli_cell cell = fpli_csv_cell(l->table, 0, 0);
        fpl_status status = fpli_csv_fail(l->table, &cell, l->error,
                                          "the column '%s' is missing", headings[i]);
        fpli_note(l->error, (fpl_mark){0}, "%s", fpli_translated(l->error, known));
        return status;
    }
    return FPL_OK;
}

/* ---- names
 * -------------------------------------------------------------------------------- */

/* A variant is entered behind the number of its descriptor. */
static const char *numbered(listing *l, int descriptor, const char *variant)
{
    const size_t size = strlen(variant) + 16;
    char *text = fpli_arena_alloc(l->arena, size, 1);
    if (text != NULL) snprintf(text, size, "%d:%s", descriptor, variant);
    return text;
}

static fpl_status take_name(listing *l, int row, int column, int *descriptor,
                            int *variant)
{
    const fpli_cell name = cell_of(l, row, column), of = cell_of(l, row, column + 1);
    if (name.text[0] == '\0')
        return fpli_csv_fail(l->table, &name, l->error, "a descriptor is due");
    if (of.text[0] == '\0')
        return fpli_csv_fail(l->table, &of, l->error, "a variant is due");
    fpl_status status = FPL_OK;
    *descriptor = fpli_names_find(&l->descriptors, name.text);
    if (*descriptor < 0) {
        FPL_TRY(fpli_csv_add_descriptor(l->arena, l->content, name.text, name.mark,
                                        l->error));
        *descriptor = l->content->descriptors.n - 1;
        fpli_names_add(&l->descriptors, name.text, *descriptor);
    }
    const char *whole = numbered(l, *descriptor, of.text);
    FPL_TRY(whole == NULL ? fpli_no_memory(l->error) : FPL_OK);
    *variant = fpli_names_find(&l->variants, whole);
    if (*variant < 0) {
        const fpl_descriptor *d = &l->content->descriptors.items[*descriptor];
        if (d->variants.n >= FPL_VARIANTS_MAX)
            return fpli_csv_fail(l->table, &of, l->error,
                                 "descriptor '%s' has more than %d variants", name.text,
                                 FPL_VARIANTS_MAX);
        FPL_TRY(fpli_csv_add_variant(l->arena, l->content, *descriptor, of.text, of.mark,
                                     l->error));
        *variant = d->variants.n - 1;
        fpli_names_add(&l->variants, whole, *variant);
    }
    if (l->content->descriptors.n > FPL_DESCRIPTORS_MAX)
        return fpli_csv_fail(l->table, &name, l->error,
                             "there are more than %d descriptors", FPL_DESCRIPTORS_MAX);
out:
    return status;
}

static fpl_status read_names(listing *l)
{
    const size_t n = (size_t)l->table->n;
    fpl_status status = FPL_OK;
    if (fpli_names_new(&l->descriptors, 2 * n) != FPL_OK ||
        fpli_names_new(&l->variants, 2 * n) != FPL_OK ||
        fpli_names_new(&l->sources, n) != FPL_OK)
        return fpli_no_memory(l->error);
    l->judged = fpli_arena_alloc(l->arena, n, sizeof *l->judged);
    if (l->judged == NULL) return fpli_no_memory(l->error);
    for (int r = 1; r < l->table->n; r++) {
        int *judged = l->judged[r];
        FPL_TRY(take_name(l, r, FROM, &judged[0], &judged[1]));
        FPL_TRY(take_name(l, r, TO, &judged[2], &judged[3]));
    }
out:
    return status;
}

/* ---- groups
 * ------------------------------------------------------------------------------- */

static group *group_of(listing *l, const int judged[4])
{
    const size_t n = (size_t)l->content->descriptors.n;
    group **entry =
        &l->groups[(size_t)(l->offsets[judged[0]] + judged[1]) * n + (size_t)judged[2]];
    if (*entry != NULL) return *entry;
    const size_t k = (size_t)l->content->descriptors.items[judged[2]].variants.n;
    group *g = fpli_arena_alloc(l->arena, 1, sizeof *g);
    if (g == NULL) return NULL;
    g->values = fpli_arena_alloc(l->arena, k, sizeof *g->values);
    g->rows = fpli_arena_alloc(l->arena, k, sizeof *g->rows);
    if (g->values == NULL || g->rows == NULL) return NULL;
    return *entry = g;
}

static bool has_words(const listing *l, int row)
{
    for (int i = WHY; i < N_COLUMNS; i++)
        if (l->columns[i] >= 0 && cell_of(l, row, i).text[0] != '\0') return true;
    return false;
}

/* All lines of a group give the same reason, or none. */
static fpl_status take_reason(listing *l, group *g, int row)
{
    if (!has_words(l, row)) return FPL_OK;
    if (g->reason == 0) g->reason = row;
    for (int i = WHY; i < N_COLUMNS; i++) {
        if (l->columns[i] < 0) continue;
        const fpli_cell here = cell_of(l, row, i), first = cell_of(l, g->reason, i);
        if (strcmp(here.text, first.text) == 0) continue;
        fpl_status status = fpli_csv_fail(l->table, &here, l->error,
                                          "'%s' differs from line %d: '%s'", headings[i],
                                          first.mark.line, first.text);
        fpli_note(l->error, first.mark,
                  "a judgement group, all scores of one variant on one "
                  "descriptor, has one reason");
        return status;
    }
    return FPL_OK;
}

static fpl_status take_row(listing *l, int row)
{
    const int *judged = l->judged[row];
    group *g = group_of(l, judged);
    if (g == NULL) return fpli_no_memory(l->error);
    const fpli_cell score = cell_of(l, row, SCORE);
    if (g->rows[judged[3]] != 0) {
        const fpli_cell first = cell_of(l, g->rows[judged[3]], SCORE);
        fpl_status status = fpli_csv_fail(l->table, &score, l->error,
                                          "this judgement stands in line %d already",
                                          first.mark.line);
        fpli_note(l->error, first.mark, "one of the two lines has to go");
        return status;
    }
    g->rows[judged[3]] = row;
    fpl_status status = fpli_csv_score(l->table, &score, &g->values[judged[3]], l->error);
    if (status != FPL_OK) return status;
    l->content->scale.value = fpli_csv_scale(l->content->scale.value,
                                             g->values[judged[3]]);
    return take_reason(l, g, row);
}

static fpl_status read_groups(listing *l)
{
    const size_t n = (size_t)l->content->descriptors.n;
    l->offsets = fpli_arena_alloc(l->arena, n + 1, sizeof *l->offsets);
    if (l->offsets == NULL) return fpli_no_memory(l->error);
    for (size_t d = 0; d < n; d++)
        l->offsets[d + 1] = l->offsets[d] + l->content->descriptors.items[d].variants.n;
    l->groups = fpli_arena_alloc(l->arena, (size_t)l->offsets[n] * n, sizeof *l->groups);
    if (l->groups == NULL) return fpli_no_memory(l->error);
    l->content->scale = (fpl_integer){3, true};
    fpl_status status = FPL_OK;
    for (int r = 1; r < l->table->n && status == FPL_OK; r++) status = take_row(l, r);
    return status;
}

/* ---- reasons
 * ------------------------------------------------------------------------------ */

static fpl_status refer_to_source(listing *l, const fpli_cell *cell, fpl_ref *ref)
{
    fpl_content *content = l->content;
    int index = fpli_names_find(&l->sources, cell->text);
    if (index < 0) {
        const int n = content->sources.n;
        const char **taken = fpli_new((size_t)n, sizeof *taken);
        if (taken == NULL) return fpli_no_memory(l->error);
        for (int i = 0; i < n; i++) taken[i] = content->sources.items[i].id;
        const char *id = fpli_id_make(l->arena, cell->text, "", 's', n + 1, taken, n);
        fpli_free(taken);
        fpl_source *source = fpli_list_append(l->arena, &content->sources,
                                              sizeof *source);
        if (id == NULL || source == NULL) return fpli_no_memory(l->error);
        source->id = id;
        source->head.mark = cell->mark;
        if (strcmp(id, cell->text) != 0) {
            fpl_phrase *title = fpli_list_append(l->arena, &source->title, sizeof *title);
            if (title == NULL) return fpli_no_memory(l->error);
            *title = (fpl_phrase){"", cell->text};
        }
        index = n;
        fpli_names_add(&l->sources, cell->text, index);
    }
    ref->id = content->sources.items[index].id;
    ref->mark = cell->mark;
    return FPL_OK;
}

/* Places are separated by blanks. */
static fpl_status split_places(listing *l, const char *text, fpl_strings *at)
{
    for (;;) {
        while (*text == ' ') text++;
        if (*text == '\0') return FPL_OK;
        const size_t length = strcspn(text, " ");
        const char **place = fpli_list_append(l->arena, at, sizeof *place);
        if (place == NULL) return fpli_no_memory(l->error);
        *place = fpli_arena_text(l->arena, text, length);
        if (*place == NULL) return fpli_no_memory(l->error);
        text += length;
    }
}

static fpl_status add_reason(listing *l, fpl_impact *impact, const fpl_ref *variant,
                             int row)
{
    fpl_reason *reason = fpli_list_append(l->arena, &impact->because, sizeof *reason);
    if (reason == NULL) return fpli_no_memory(l->error);
    fpl_status status = FPL_OK;
    reason->variant = *variant;
    reason->head.mark = variant->mark;
    for (int i = WHY; i < N_COLUMNS; i++) {
        if (l->columns[i] < 0) continue;
        const fpli_cell cell = cell_of(l, row, i);
        if (cell.text[0] == '\0') continue;
        if (i == WHY) {
            fpl_phrase *phrase = fpli_list_append(l->arena, &reason->why, sizeof *phrase);
            FPL_TRY(phrase == NULL ? fpli_no_memory(l->error) : FPL_OK);
            *phrase = (fpl_phrase){"", cell.text};
        } else if (i == SOURCE) {
            FPL_TRY(refer_to_source(l, &cell, &reason->source));
        } else if (i == AT) {
            FPL_TRY(split_places(l, cell.text, &reason->at));
        } else if (i == GRADE) {
            reason->grade = (fpl_ref){.id = cell.text, .mark = cell.mark};
        } else {
            reason->coder = cell.text;
        }
    }
out:
    return status;
}

/* ---- sections
 * ----------------------------------------------------------------------------- */

static fpl_status add_group(listing *l, fpl_impact *impact, int from, int variant, int to,
                            const group *g)
{
    const fpl_descriptor *source = &l->content->descriptors.items[from];
    const int k = l->content->descriptors.items[to].variants.n;
    int row = 0;
    for (int b = k - 1; b >= 0; b--)
        if (g->rows[b] != 0) row = g->rows[b];
    fpl_scores *scores = fpli_csv_add_group(l->arena, impact, source, variant, k,
                                            cell_of(l, row, SCORE).mark);
    if (scores == NULL) return fpli_no_memory(l->error);
    memcpy(scores->values.items, g->values, (size_t)k * sizeof *g->values);
    if (g->reason == 0) return FPL_OK;
    return add_reason(l, impact, &scores->variant, g->reason);
}

static fpl_status add_section(listing *l, int from, int to)
{
    const size_t n = (size_t)l->content->descriptors.n;
    const fpl_descriptor *source = &l->content->descriptors.items[from];
    fpl_impact impact = {.from = {.id = source->id},
                         .to = {.id = l->content->descriptors.items[to].id}};
    for (int a = 0; a < source->variants.n; a++) {
        const group *g = l->groups[(size_t)(l->offsets[from] + a) * n + (size_t)to];
        if (g == NULL) continue;
        fpl_status status = add_group(l, &impact, from, a, to, g);
        if (status != FPL_OK) return status;
    }
    if (impact.scores.n == 0 || fpli_csv_is_idle(&impact)) return FPL_OK;
    impact.head.mark = impact.scores.items[0].head.mark;
    fpl_impact *added = fpli_list_append(l->arena, &l->content->impacts, sizeof *added);
    if (added == NULL) return fpli_no_memory(l->error);
    *added = impact;
    return FPL_OK;
}

fpl_status fpli_csv_list_content(fpli_arena *arena, const fpli_csv_table *table,
                                 fpl_content *content, fpl_error *error)
{
    fpl_status status = FPL_OK;
    listing l = {.arena = arena, .table = table, .content = content, .error = error};
    content->head.mark = fpli_csv_cell(table, 0, 0).mark;
    FPL_TRY(read_headings(&l));
    FPL_TRY(read_names(&l));
    FPL_TRY(read_groups(&l));
    for (int i = 0; i < content->descriptors.n; i++)
        for (int j = 0; j < content->descriptors.n; j++) FPL_TRY(add_section(&l, i, j));
out:
    fpli_names_clear(&l.descriptors);
    fpli_names_clear(&l.variants);
    fpli_names_clear(&l.sources);
    return status;
}

fpl_status fpli_csv_list_read(const char *text, size_t size, const char *name,
                              const fpl_load_options *options, fpl_model **model,
                              fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_csv_table table;
    fpl_content content = {0};
    fpli_arena *arena = fpli_arena_new();
    if (arena == NULL) return fpli_no_memory(error);
    FPL_TRY(fpli_csv_table_read(arena, text, size, name, options, &table, error));
    FPL_TRY(fpli_csv_list_content(arena, &table, &content, error));
    fpli_arena *taken = arena;
    arena = NULL;
    FPL_TRY(fpli_csv_build(taken, &content, name, model, error));
out:
    fpli_arena_free(arena);
    return status;
}

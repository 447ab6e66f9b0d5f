/* The square matrix: one or two header rows, one or two label columns; docs/formats.md,
 * section 4.2.
 *
 * One axis is read for its names: the one with two levels, or the columns if both have
 * labels such as "CONF:easing". The other axis must name the same variants in the same
 * order. */
#include "base/status.h"
#include "io/csv_list.h"
#include "io/csv_model.h"
#include "io/io.h"
#include "model/records.h"

#include <string.h>

typedef struct square {
    fpli_arena *arena;
    fpli_csv_table table;
    int n_headers, n_labels; /* 1 or 2 */
    fpl_content content;
    int *descriptor, *variant; /* of each row and column of judgements */
    fpl_error *error;
} square;

/* ---- shape
 * ------------------------------------------------------------------------------- */

static bool is_judgement(const square *s, const fpli_cell *cell)
{
    fpl_decimal ignored;
    return fpli_csv_score(&s->table, cell, &ignored, NULL) == FPL_OK;
}

/* Whether most of what stands in a row (or column) behind the first two cells is no
 * number. */
static bool is_wordy(const square *s, int index, bool row)
{
    const int n = row ? s->table.n_columns : s->table.n;
    int words = 0, numbers = 0;
    for (int i = 2; i < n; i++) {
        const fpli_cell cell = row ? fpli_csv_cell(&s->table, index, i)
                                   : fpli_csv_cell(&s->table, i, index);
        if (cell.text[0] == '\0') continue;
        if (is_judgement(s, &cell))
            numbers++;
        else
            words++;
    }
    return words > numbers;
}

static const char *split(const char *text)
{
    const char *at = strchr(text, ':');
    return at != NULL ? at : strchr(text, '.');
}

static bool has_whole_labels(const square *s)
{
    for (int c = 1; c < s->table.n_columns; c++)
        if (split(fpli_csv_cell(&s->table, 0, c).text) == NULL) return false;
    return true;
}

/* Words tell; where variants are called 1, 2, 3 the size and an empty corner do. */
static void find_shape(square *s)
{
    const int excess = s->table.n_columns - s->table.n;
    s->n_headers = s->table.n > 1 && is_wordy(s, 1, true) ? 2 : 1;
    s->n_labels = is_wordy(s, 1, false) ? 2 : 1;
    if (s->n_headers == 2 || s->n_labels == 2 || s->table.n < 2 || has_whole_labels(s))
        return;
    const bool right_is_empty = fpli_csv_cell(&s->table, 0, 1).text[0] == '\0';
    const bool below_is_empty = fpli_csv_cell(&s->table, 1, 0).text[0] == '\0';
    if (right_is_empty && (excess == 0 || excess == 1)) s->n_labels = 2;
    if (below_is_empty && (excess == 0 || excess == -1)) s->n_headers = 2;
}

static int n_rows(const square *s)
{
    return s->table.n - s->n_headers;
}

static int n_columns(const square *s)
{
    return s->table.n_columns - s->n_labels;
}

static fpl_status check_size(const square *s)
{
    const int rows = n_rows(s), columns = n_columns(s);
    if (rows == columns && rows > 0) return FPL_OK;
    const fpli_cell last = fpli_csv_cell(&s->table, s->table.n - 1, 0);
    fpl_status status = fpli_csv_fail(
        &s->table, &last, s->error,
        "the matrix is not square: rows of judgements: %d, columns: %d", rows, columns);
    fpli_note(s->error, (fpl_mark){0},
              "header rows found: %d, label columns: %d; there is one row and one column "
              "for each variant",
              s->n_headers, s->n_labels);
    return status;
}

/* ---- names
 * ------------------------------------------------------------------------------- */

/* The label of a row or column of judgements at a level: 0 descriptor, 1 variant (or the
 * whole). */
static fpli_cell label(const square *s, bool of_column, int index, int level)
{
    const int levels = of_column ? s->n_headers : s->n_labels;
    if (levels == 1) level = 0;
    return of_column ? fpli_csv_cell(&s->table, level, s->n_labels + index)
                     : fpli_csv_cell(&s->table, s->n_headers + index, level);
}

static fpl_status name_parts(const square *s, bool of_column, int index,
                             fpli_cell *descriptor, fpli_cell *variant)
{
    *descriptor = label(s, of_column, index, 0);
    *variant = label(s, of_column, index, 1);
    if ((of_column ? s->n_headers : s->n_labels) == 2) return FPL_OK;
    const char *at = split(descriptor->text);
    if (at == NULL) {
        fpl_status status = fpli_csv_fail(&s->table, descriptor, s->error,
                                          "'%s' does not say which descriptor is meant",
                                          descriptor->text);
        fpli_note(s->error, (fpl_mark){0},
                  "write 'descriptor:variant', or give descriptors a row or column of "
                  "their own");
        return status;
    }
    size_t length = (size_t)(at - descriptor->text);
    while (length > 0 && descriptor->text[length - 1] == ' ') length--;
    const char *rest = at + 1;
    while (*rest == ' ') rest++;
    descriptor->text = fpli_arena_text(s->arena, descriptor->text, length);
    variant->text = rest;
    return descriptor->text == NULL ? fpli_no_memory(s->error) : FPL_OK;
}

static fpl_status fail_twice(const square *s, const fpli_cell *cell, const char *what,
                             const char *why)
{
    fpl_status status = fpli_csv_fail(&s->table, cell, s->error, "%s '%s' stands twice",
                                      fpli_translated(s->error, what), cell->text);
    fpli_note(s->error, (fpl_mark){0}, "%s", fpli_translated(s->error, why));
    return status;
}

/* names: what the cells of the descriptors and of the last descriptor's variants say. */
typedef struct naming {
    const char **descriptors;
    const char **variants;
    int n_descriptors, n_variants;
} naming;

static bool is_among(const char *text, const char **names, int n)
{
    for (int i = 0; i < n; i++)
        if (strcmp(names[i], text) == 0) return true;
    return false;
}

static fpl_status take_name(square *s, naming *n, int index, const fpli_cell *descriptor,
                            const fpli_cell *variant)
{
    const bool same = n->n_descriptors > 0 &&
                      (descriptor->text[0] == '\0' ||
                       strcmp(n->descriptors[n->n_descriptors - 1], descriptor->text) ==
                           0);
    fpl_status status = FPL_OK;
    if (!same) {
        if (descriptor->text[0] == '\0')
            return fpli_csv_fail(&s->table, descriptor, s->error, "a descriptor is due");
        if (is_among(descriptor->text, n->descriptors, n->n_descriptors))
            return fail_twice(s, descriptor, "descriptor",
                              N_("the variants of a descriptor stand side by side"));
        FPL_TRY(fpli_csv_add_descriptor(s->arena, &s->content, descriptor->text,
                                        descriptor->mark, s->error));
        n->descriptors[n->n_descriptors++] = descriptor->text;
        n->n_variants = 0;
    }
    if (variant->text[0] == '\0')
        return fpli_csv_fail(&s->table, variant, s->error, "a variant is due");
    if (is_among(variant->text, n->variants, n->n_variants))
        return fail_twice(s, variant, "variant",
                          N_("the variants of a descriptor differ in name"));
    FPL_TRY(fpli_csv_add_variant(s->arena, &s->content, n->n_descriptors - 1,
                                 variant->text, variant->mark, s->error));
    s->descriptor[index] = n->n_descriptors - 1;
    s->variant[index] = n->n_variants;
    n->variants[n->n_variants++] = variant->text;
out:
    return status;
}

static fpl_status read_names(square *s, bool of_columns)
{
    const size_t T = (size_t)n_rows(s);
    naming n = {.descriptors = fpli_arena_alloc(s->arena, T, sizeof(char *)),
                .variants = fpli_arena_alloc(s->arena, T, sizeof(char *))};
    s->descriptor = fpli_arena_alloc(s->arena, T, sizeof(int));
    s->variant = fpli_arena_alloc(s->arena, T, sizeof(int));
    if (n.descriptors == NULL || n.variants == NULL || s->descriptor == NULL ||
        s->variant == NULL)
        return fpli_no_memory(s->error);
    fpl_status status = FPL_OK;
    for (int i = 0; i < (int)T && status == FPL_OK; i++) {
        fpli_cell descriptor, variant;
        status = name_parts(s, of_columns, i, &descriptor, &variant);
        if (status == FPL_OK) status = take_name(s, &n, i, &descriptor, &variant);
    }
    return status;
}

/* ---- the other axis
 * ---------------------------------------------------------------------- */

static const char *name_of(const char *id, const fpl_text *name)
{
    return name->n > 0 ? name->items[0].text : id;
}

/* Whether a single label names a variant: alone, or behind its descriptor. */
static bool names_variant(const char *text, const char *descriptor, const char *variant)
{
    if (strcmp(text, variant) == 0) return true;
    const size_t length = strlen(descriptor);
    if (strncmp(text, descriptor, length) != 0) return false;
    const char *rest = text + length;
    while (*rest == ' ') rest++;
    if (*rest != ':' && *rest != '.') return false;
    for (rest++; *rest == ' '; rest++) {
    }
    return strcmp(rest, variant) == 0;
}

static fpl_status fail_mismatch(const square *s, const fpli_cell *cell, bool of_columns,
                                const char *due)
{
    fpl_status status = fpli_csv_fail(&s->table, cell, s->error,
                                      "'%s' is due here, not '%s'", due, cell->text);
    fpli_note(s->error, (fpl_mark){0},
              of_columns
                  ? N_("columns name the same variants as rows, in the same order")
                  : N_("rows name the same variants as columns, in the same order"));
    return status;
}

static fpl_status check_names(const square *s, bool of_columns)
{
    const bool two = (of_columns ? s->n_headers : s->n_labels) == 2;
    for (int i = 0; i < n_rows(s); i++) {
        const fpl_descriptor *d = &s->content.descriptors.items[s->descriptor[i]];
        const fpl_variant *v = &d->variants.items[s->variant[i]];
        const char *descriptor = name_of(d->id, &d->name),
                   *variant = name_of(v->id, &v->name);
        const fpli_cell first = label(s, of_columns, i, 0),
                        second = label(s, of_columns, i, 1);
        if (!two && !names_variant(first.text, descriptor, variant))
            return fail_mismatch(s, &first, of_columns, variant);
        if (!two) continue;
        const bool may_repeat = s->variant[i] > 0 && first.text[0] == '\0';
        if (!may_repeat && strcmp(first.text, descriptor) != 0)
            return fail_mismatch(s, &first, of_columns, descriptor);
        if (strcmp(second.text, variant) != 0)
            return fail_mismatch(s, &second, of_columns, variant);
    }
    return FPL_OK;
}

/* ---- judgements
 * -------------------------------------------------------------------------- */

/* A group whose cells are all empty was not judged. */
static fpl_status read_group(square *s, int row, int first, int n, fpl_impact *impact)
{
    const int table_row = s->n_headers + row;
    bool stated = false;
    for (int b = 0; b < n; b++)
        stated |= fpli_csv_cell(&s->table, table_row, s->n_labels + first + b).text[0] !=
                  '\0';
    if (!stated) return FPL_OK;
    const fpl_descriptor *from = &s->content.descriptors.items[s->descriptor[row]];
    const fpl_mark mark = fpli_csv_cell(&s->table, table_row, s->n_labels + first).mark;
    fpl_scores *group = fpli_csv_add_group(s->arena, impact, from, s->variant[row], n,
                                           mark);
    if (group == NULL) return fpli_no_memory(s->error);
    for (int b = 0; b < n; b++) {
        const fpli_cell cell = fpli_csv_cell(&s->table, table_row,
                                             s->n_labels + first + b);
        if (cell.text[0] == '\0') continue;
        fpl_status status = fpli_csv_score(&s->table, &cell, &group->values.items[b],
                                           s->error);
        if (status != FPL_OK) return status;
        s->content.scale.value = fpli_csv_scale(s->content.scale.value,
                                                group->values.items[b]);
    }
    return FPL_OK;
}

static fpl_status read_section(square *s, int from, int first_row, int to,
                               int first_column)
{
    const fpl_descriptor *source = &s->content.descriptors.items[from];
    const fpl_descriptor *target = &s->content.descriptors.items[to];
    fpl_impact impact = {.from = {.id = source->id}, .to = {.id = target->id}};
    for (int a = 0; a < source->variants.n; a++) {
        fpl_status status = read_group(s, first_row + a, first_column, target->variants.n,
                                       &impact);
        if (status != FPL_OK) return status;
    }
    if (impact.scores.n == 0 || fpli_csv_is_idle(&impact)) return FPL_OK;
    impact.head.mark = impact.scores.items[0].head.mark;
    fpl_impact *added = fpli_list_append(s->arena, &s->content.impacts, sizeof *added);
    if (added == NULL) return fpli_no_memory(s->error);
    *added = impact;
    return FPL_OK;
}

static fpl_status read_judgements(square *s)
{
    s->content.scale = (fpl_integer){3, true};
    for (int i = 0, row = 0; i < s->content.descriptors.n; i++) {
        for (int j = 0, column = 0; j < s->content.descriptors.n; j++) {
            fpl_status status = read_section(s, i, row, j, column);
            if (status != FPL_OK) return status;
            column += s->content.descriptors.items[j].variants.n;
        }
        row += s->content.descriptors.items[i].variants.n;
    }
    return FPL_OK;
}

static fpl_status read_square(square *s)
{
    fpl_status status = FPL_OK;
    find_shape(s);
    const bool by_columns = s->n_headers == 2 || s->n_labels == 1;
    s->content.head.mark = fpli_csv_cell(&s->table, 0, 0).mark;
    FPL_TRY(check_size(s));
    FPL_TRY(read_names(s, by_columns));
    FPL_TRY(check_names(s, !by_columns));
    FPL_TRY(read_judgements(s));
out:
    return status;
}

/* Where the format was guessed from the suffix, the first line may show that it is a long
 * list. */
fpl_status fpli_csv_read(const char *text, size_t size, const char *name,
                         const fpl_load_options *options, fpl_model **model,
                         fpl_error *error)
{
    fpl_status status = FPL_OK;
    square s = {.arena = fpli_arena_new(), .error = error};
    if (s.arena == NULL) return fpli_no_memory(error);
    FPL_TRY(fpli_csv_table_read(s.arena, text, size, name, options, &s.table, error));
    if (options->format == FPL_FORMAT_GUESS && fpli_csv_is_list(&s.table))
        FPL_TRY(fpli_csv_list_content(s.arena, &s.table, &s.content, error));
    else
        FPL_TRY(read_square(&s));
    fpli_arena *arena = s.arena;
    s.arena = NULL;
    FPL_TRY(fpli_csv_build(arena, &s.content, name, model, error));
out:
    fpli_arena_free(s.arena);
    return status;
}

/* ---- writing
 * ------------------------------------------------------------------------------ */

static void put_row(fpli_csv_writer *w, const fpl_model *model,
                    const fpli_csv_labels *labels, int from, int variant)
{
    fpli_csv_put(w, variant == 0 ? labels->descriptors[from] : "");
    fpli_csv_put(w, labels->variants[fpl_model_offset(model, from) + variant]);
    for (int to = 0; to < fpl_model_n_descriptors(model); to++) {
        const bool judged = fpl_model_is_judged(model, from, variant, to);
        for (int b = 0; b < fpl_model_n_variants(model, to); b++) {
            if (judged)
                fpli_csv_put_score(w, fpli_csv_judgement(model, from, variant, to, b));
            else
                fpli_csv_put(w, "");
        }
    }
    fpli_csv_end_line(w);
}

static void put_square(fpli_csv_writer *w, const fpl_model *model,
                       const fpli_csv_labels *labels)
{
    const int n = fpl_model_n_descriptors(model);
    for (int level = 0; level < 2; level++) {
        fpli_csv_put(w, "");
        fpli_csv_put(w, "");
        for (int d = 0; d < n; d++)
            for (int v = 0; v < fpl_model_n_variants(model, d); v++)
                fpli_csv_put(w, level == 1
                                    ? labels->variants[fpl_model_offset(model, d) + v]
                                : v == 0 ? labels->descriptors[d]
                                         : "");
        fpli_csv_end_line(w);
    }
    for (int d = 0; d < n; d++)
        for (int v = 0; v < fpl_model_n_variants(model, d); v++)
            put_row(w, model, labels, d, v);
}

fpl_status fpli_csv_write(const fpl_model *model, const fpl_save_options *options,
                          char **text, size_t *size, fpl_error *error)
{
    static const char *const held[] = {"descriptors.id", "descriptors.variants.id",
                                       "impacts.from",   "impacts.to",
                                       "impacts.scores", NULL};
    fpl_status status = FPL_OK;
    fpli_csv_labels labels = {0};
    fpli_csv_writer writer = {0};
    fpli_arena *arena = fpli_arena_new();
    if (arena == NULL) return fpli_no_memory(error);
    FPL_TRY(fpli_csv_writer_start(&writer, options, error));
    FPL_TRY(fpli_csv_label(arena, model, &labels, error));
    FPL_TRY(fpli_csv_tell_left_out(model, options, &labels, held, error));
    put_square(&writer, model, &labels);
    FPL_TRY(fpli_buffer_take(&writer.buffer, text, size, error));
out:
    fpli_buffer_clear(&writer.buffer);
    fpli_arena_free(arena);
    return status;
}

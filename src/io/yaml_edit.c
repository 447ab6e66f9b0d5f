/* One judgement group changed in a native text, and nothing else. The tree says at which
 * bytes the numbers stand; only those are exchanged, or lines are put in between in the
 * manner of their neighbours. The result is read again before it is handed out. */
#include "base/status.h"
#include "base/text.h"
#include "io/number.h"
#include "io/yaml_emit.h"
#include "io/yaml_read.h"

#include <fahrplan/io.h>

#include <string.h>

typedef struct editing {
    fpli_arena *arena;
    fpli_yaml_tree tree;
    fpl_content content;
    const char *name;
    const char *from, *variant, *to;
    const fpl_decimal *scores;
    int n_scores;
    fpli_buffer out;
    size_t copied; /* bytes of the text that are in `out` or left out of it */
    fpl_error *error;
} editing;

/* ---- output ------------------------------------------------------------------------ */

static void copy_until(editing *e, size_t at)
{
    fpli_put_bytes(&e->out, e->tree.text + e->copied, at - e->copied);
    e->copied = at;
}

static void skip_until(editing *e, size_t at)
{
    e->copied = at;
}

static void put_blanks(editing *e, int n)
{
    for (int i = 0; i < n; i++) fpli_put_bytes(&e->out, " ", 1);
}

static void put_newline(editing *e)
{
    fpli_put(&e->out, e->tree.crlf ? "\r\n" : "\n");
}

/* An id, in quotes if other readers of YAML would take it for something else. */
static void put_id(editing *e, const char *id)
{
    const fpli_yaml_node node = {
        .kind = FPLI_YAML_SCALAR, .text = id, .length = strlen(id)};
    fpli_yaml_put_scalar(&e->out, &node, true);
}

/* Characters before a byte on its line. */
static int column_of(const editing *e, size_t at)
{
    size_t start = at;
    while (start > 0 && e->tree.text[start - 1] != '\n') start--;
    return (int)fpli_utf8_length(e->tree.text + start, at - start);
}

/* "[ 3, -1]", each number as wide as its column in `widths` (NULL: as wide as it is). */
static void put_row(editing *e, const int *widths)
{
    fpli_put(&e->out, "[");
    for (int i = 0; i < e->n_scores; i++) {
        char text[FPLI_NUMBER_TEXT];
        fpli_decimal_text(e->scores[i], text);
        if (i > 0) fpli_put(&e->out, ", ");
        if (widths != NULL) put_blanks(e, widths[i] - (int)strlen(text));
        fpli_put(&e->out, text);
    }
    fpli_put(&e->out, "]");
}

/* Behind the line on which the text of a node ends; at the end of the text it may have to
 * be ended first. */
static void copy_line_of(editing *e, const fpli_yaml_node *node)
{
    const fpli_yaml_tree *tree = &e->tree;
    size_t at = fpli_yaml_end(node);
    while (at < tree->size && (at == 0 || tree->text[at - 1] != '\n')) at++;
    copy_until(e, at);
    if (at > 0 && tree->text[at - 1] != '\n') put_newline(e);
}

/* ---- names ------------------------------------------------------------------------- */

static const char *descriptor_name(const void *context, int i)
{
    return ((const fpl_content *)context)->descriptors.items[i].id;
}

static const char *variant_name(const void *context, int i)
{
    return ((const fpl_descriptor *)context)->variants.items[i].id;
}

static fpl_status fail_name(editing *e, const char *what, const char *written,
                            const char *(*name)(const void *context, int i),
                            const void *context, int n)
{
    fpl_status status = fpli_fail_at(e->error, FPL_E_MODEL, e->name, (fpl_mark){0},
                                     "there is no %s '%s'",
                                     fpli_translated(e->error, what), written);
    int near = fpli_nearest(written, name, context, n);
    if (near >= 0)
        fpli_note(e->error, (fpl_mark){0}, "did you mean '%s'?", name(context, near));
    return status;
}

static fpl_status find_descriptor(editing *e, const char *id,
                                  const fpl_descriptor **found)
{
    for (int i = 0; i < e->content.descriptors.n; i++) {
        *found = &e->content.descriptors.items[i];
        if (strcmp((*found)->id, id) == 0) return FPL_OK;
    }
    return fail_name(e, "descriptor", id, descriptor_name, &e->content,
                     e->content.descriptors.n);
}

static fpl_status check_names(editing *e)
{
    const fpl_descriptor *from = NULL, *to = NULL;
    fpl_status status;
    FPL_TRY(find_descriptor(e, e->from, &from));
    FPL_TRY(find_descriptor(e, e->to, &to));
    bool known = false;
    for (int i = 0; i < from->variants.n; i++)
        known |= strcmp(from->variants.items[i].id, e->variant) == 0;
    if (!known)
        FPL_TRY(
            fail_name(e, "variant", e->variant, variant_name, from, from->variants.n));
    if (e->n_scores != to->variants.n)
        FPL_TRY(fpli_fail(e->error, FPL_E_ARGUMENT,
                          "scores given: %d, variants of descriptor '%s': %d",
                          e->n_scores, to->id, to->variants.n));
out:
    return status;
}

/* ---- a row that is there ----------------------------------------------------------- */

static bool is_same_number(const char *text, fpl_decimal score)
{
    fpl_decimal written;
    char a[FPLI_NUMBER_TEXT], b[FPLI_NUMBER_TEXT];
    if (!fpli_decimal_parse(text, &written)) return false;
    fpli_decimal_text(written, a);
    fpli_decimal_text(score, b);
    return strcmp(a, b) == 0;
}

/* Exchange one number. Blanks before it give way to a longer one, so that columns stay
 * columns; one blank stays behind a comma. */
static void put_number(editing *e, const fpli_yaml_node *node, fpl_decimal score)
{
    if (is_same_number(node->text, score)) return;
    const char *text = e->tree.text;
    size_t slot = node->start;
    while (slot > e->copied && text[slot - 1] == ' ') slot--;
    const bool at_margin = slot == 0 || strchr("[,", text[slot - 1]) == NULL;
    if (at_margin) slot = node->start; /* blanks that indent */
    if (!at_margin && text[slot - 1] == ',' && slot < node->start) slot++;
    char number[FPLI_NUMBER_TEXT];
    fpli_decimal_text(score, number);
    copy_until(e, slot);
    put_blanks(e, (int)(node->end - slot) - (int)strlen(number));
    fpli_put(&e->out, number);
    skip_until(e, node->end);
}

static void edit_row(editing *e, const fpli_yaml_entry *row)
{
    const fpli_yaml_node *list = row->value;
    if (list->kind == FPLI_YAML_LIST && list->n == e->n_scores) {
        int i = 0;
        for (const fpli_yaml_entry *item = list->first; item != NULL; item = item->next)
            put_number(e, item->value, e->scores[i++]);
        return;
    }
    size_t colon = row->key->end;
    while (e->tree.text[colon] != ':') colon++;
    copy_until(e, list->flow ? list->start : colon + 1);
    if (!list->flow) put_blanks(e, 1);
    put_row(e, NULL);
    skip_until(e, fpli_yaml_end(list));
}

/* ---- a row that is missing --------------------------------------------------------- */

/* What a neighbour shows: where its '[' stands and how wide its columns are. */
static void put_row_like(editing *e, const fpli_yaml_entry *row)
{
    const fpli_yaml_node *list = row->value;
    const int indent = column_of(e, row->key->start);
    int *widths = NULL;
    int gap = 1;
    const bool is_alike = list->kind == FPLI_YAML_LIST && list->flow &&
                          list->n == e->n_scores &&
                          list->mark.line == row->key->mark.line;
    if (is_alike) {
        widths = fpli_arena_alloc(e->arena, (size_t)list->n, sizeof *widths);
        if (widths == NULL) e->out.broken = true;
        size_t slot = list->start + 1;
        int i = 0;
        for (const fpli_yaml_entry *item = list->first; item != NULL && widths != NULL;
             item = item->next) {
            widths[i++] = (int)(item->value->end - slot);
            slot = item->value->end + 2; /* ", " */
        }
        gap = column_of(e, list->start) - indent - 1 -
              (int)fpli_utf8_length(e->variant, strlen(e->variant));
    }
    put_blanks(e, indent);
    put_id(e, e->variant);
    fpli_put(&e->out, ":");
    put_blanks(e, gap > 1 ? gap : 1);
    put_row(e, widths);
    put_newline(e);
}

/* Behind the last entry of a list or map in flow style, or into an empty one. */
static void begin_flow_entry(editing *e, const fpli_yaml_node *node)
{
    copy_until(e,
               node->last == NULL ? node->start + 1 : fpli_yaml_end(node->last->value));
    if (node->last != NULL) fpli_put(&e->out, ", ");
}

static void put_flow_row(editing *e)
{
    put_id(e, e->variant);
    fpli_put(&e->out, ": ");
    put_row(e, NULL);
}

static void add_row(editing *e, const fpli_yaml_node *scores)
{
    if (scores->flow) {
        begin_flow_entry(e, scores);
        put_flow_row(e);
    } else {
        copy_line_of(e, scores->last->value);
        put_row_like(e, scores->last);
    }
}

/* ---- a section that is missing ----------------------------------------------------- */

static void put_flow_section(editing *e)
{
    fpli_put(&e->out, "{from: ");
    put_id(e, e->from);
    fpli_put(&e->out, ", to: ");
    put_id(e, e->to);
    fpli_put(&e->out, ", scores: {");
    put_flow_row(e);
    fpli_put(&e->out, "}}");
}

/* As an item of a list in block style whose '-' stands behind `indent` blanks. */
static void put_block_section(editing *e, int indent)
{
    put_blanks(e, indent);
    fpli_put(&e->out, "- from: ");
    put_id(e, e->from);
    put_newline(e);
    put_blanks(e, indent + 2);
    fpli_put(&e->out, "to: ");
    put_id(e, e->to);
    put_newline(e);
    put_blanks(e, indent + 2);
    fpli_put(&e->out, "scores:");
    put_newline(e);
    put_blanks(e, indent + 4);
    put_flow_row(e);
    put_newline(e);
}

static void add_section(editing *e, const fpli_yaml_node *impacts)
{
    const fpli_yaml_node *root = e->tree.root;
    if (impacts != NULL && impacts->kind == FPLI_YAML_LIST && impacts->flow) {
        begin_flow_entry(e, impacts);
        put_flow_section(e);
    } else if (impacts != NULL && impacts->kind == FPLI_YAML_LIST) {
        copy_line_of(e, impacts->last->value);
        put_block_section(e, impacts->mark.column - 1);
    } else if (impacts != NULL) { /* null */
        copy_until(e, impacts->start);
        fpli_put(&e->out, "[");
        put_flow_section(e);
        fpli_put(&e->out, "]");
        skip_until(e, impacts->end);
    } else if (root->flow) {
        begin_flow_entry(e, root);
        fpli_put(&e->out, "impacts: [");
        put_flow_section(e);
        fpli_put(&e->out, "]");
    } else {
        copy_line_of(e, root->last->value);
        fpli_put(&e->out, "impacts:");
        put_newline(e);
        put_block_section(e, 2);
    }
}

/* ---- the whole --------------------------------------------------------------------- */

static bool says(const fpli_yaml_node *map, const char *key, const char *text)
{
    const fpli_yaml_entry *entry = fpli_yaml_find(map, key);
    return entry != NULL && entry->value->kind == FPLI_YAML_SCALAR &&
           strcmp(entry->value->text, text) == 0;
}

static void edit(editing *e)
{
    const fpli_yaml_entry *impacts = fpli_yaml_find(e->tree.root, "impacts");
    const fpli_yaml_entry *section = impacts == NULL ? NULL : impacts->value->first;
    while (section != NULL &&
           !(says(section->value, "from", e->from) && says(section->value, "to", e->to)))
        section = section->next;
    if (section == NULL) {
        add_section(e, impacts == NULL ? NULL : impacts->value);
    } else {
        const fpli_yaml_node *scores = fpli_yaml_find(section->value, "scores")->value;
        const fpli_yaml_entry *row = fpli_yaml_find(scores, e->variant);
        if (row != NULL)
            edit_row(e, row);
        else
            add_row(e, scores);
    }
    copy_until(e, e->tree.size);
}

static fpl_status read(editing *e, const char *text, size_t size, fpl_content *content)
{
    memset(content, 0, sizeof *content);
    fpl_status status = fpli_yaml_parse(e->arena, text, size, e->name, 0, &e->tree,
                                        e->error);
    if (status != FPL_OK) return status;
    return fpli_yaml_to_content(e->arena, &e->tree, e->name, FPLI_YAML_MODEL, content,
                                e->error);
}

static const fpl_scores *find_scores(const editing *e, const fpl_content *content)
{
    for (int i = 0; i < content->impacts.n; i++) {
        const fpl_impact *impact = &content->impacts.items[i];
        if (strcmp(impact->from.id, e->from) != 0 || strcmp(impact->to.id, e->to) != 0)
            continue;
        for (int j = 0; j < impact->scores.n; j++)
            if (strcmp(impact->scores.items[j].variant.id, e->variant) == 0)
                return &impact->scores.items[j];
        return NULL;
    }
    return NULL;
}

/* A layout that we did not think of must not cost anybody a file. */
static fpl_status verify(editing *e, const char *text, size_t size)
{
    fpl_content content;
    fpl_status status = read(e, text, size, &content);
    if (status == FPL_E_MEMORY) return status;
    const fpl_scores *row = status == FPL_OK ? find_scores(e, &content) : NULL;
    bool same = row != NULL && row->values.n == e->n_scores;
    for (int i = 0; same && i < e->n_scores; i++) {
        char number[FPLI_NUMBER_TEXT];
        fpli_decimal_text(e->scores[i], number);
        same = is_same_number(number, row->values.items[i]);
    }
    if (same) return FPL_OK;
    return fpli_fail_at(
        e->error, FPL_E_UNSUPPORTED, e->name, (fpl_mark){0},
        "these judgements stand in a layout that cannot be edited in place; "
        "format the file first");
}

fpl_status fpl_yaml_set_scores(const char *text, size_t size, const char *name,
                               const char *from, const char *from_variant, const char *to,
                               const fpl_decimal *scores, int n_scores, char **edited,
                               size_t *edited_size, fpl_error *error)
{
    editing e = {.arena = fpli_arena_new(),
                 .name = name,
                 .from = from,
                 .variant = from_variant,
                 .to = to,
                 .scores = scores,
                 .n_scores = n_scores,
                 .error = error};
    fpl_status status = FPL_OK;
    if (e.arena == NULL) FPL_TRY(fpli_no_memory(error));
    FPL_TRY(read(&e, text, size, &e.content));
    FPL_TRY(check_names(&e));
    edit(&e);
    if (e.out.broken) FPL_TRY(fpli_no_memory(error));
    FPL_TRY(verify(&e, e.out.text, e.out.size));
    FPL_TRY(fpli_buffer_take(&e.out, edited, edited_size, error));
out:
    fpli_buffer_clear(&e.out);
    fpli_arena_free(e.arena);
    return status;
}

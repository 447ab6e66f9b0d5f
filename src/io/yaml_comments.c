/* Where comments belong. libyaml drops them, so they are looked for in the gaps between
 * scalars, where a '#' can be nothing else. A comment at the end of a line belongs to
 * what ends on that line; a comment on a line of its own to what follows, or, if it is
 * indented more than that, to the end of the list or map that it is aligned with. */
#include "base/status.h"
#include "io/yaml_tree.h"

#include <string.h>

typedef struct attaching {
    fpli_yaml_tree *tree;
    fpli_yaml_entry **entries; /* all, in the order in which they begin */
    size_t n, capacity;
    size_t next; /* the first entry that begins behind the place that was reached */
    fpli_yaml_comment **list, *last; /* where the last comment went */
    fpl_error *error;
} attaching;

static size_t start_of(const fpli_yaml_entry *entry)
{
    return entry->key != NULL ? entry->key->start : entry->value->start;
}

static fpl_status list_entries(attaching *a, const fpli_yaml_node *node)
{
    for (fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next) {
        void *items = a->entries;
        if (!fpli_grow(&items, a->n, &a->capacity, sizeof *a->entries))
            return fpli_no_memory(a->error);
        a->entries = items;
        a->entries[a->n++] = entry;
        fpl_status status = list_entries(a, entry->value);
        if (status != FPL_OK) return status;
    }
    return FPL_OK;
}

/* ---- lines ------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static size_t line_start(const fpli_yaml_tree *tree, size_t at)
{
    while (at > 0 && tree->text[at - 1] != '\n') at--;
    return at;
}

/* Whether the line before the one that holds `at` is empty. */
static bool is_after_empty_line(const fpli_yaml_tree *tree, size_t at)
{
    size_t start = line_start(tree, at);
    if (start == 0) return false;
    for (start--; start > 0 && is_blank(tree->text[start - 1]);) start--;
    return start == 0 || tree->text[start - 1] == '\n';
}

static bool is_on_own_line(const fpli_yaml_tree *tree, size_t at)
{
    while (at > 0 && is_blank(tree->text[at - 1])) at--;
    return at == 0 || tree->text[at - 1] == '\n' ||
           at == 3; /* 3: behind a byte order mark */
}

static bool is_same_line(const fpli_yaml_tree *tree, size_t from, size_t to)
{
    return to >= from && memchr(tree->text + from, '\n', to - from) == NULL;
}

/* ---- to whom a comment belongs ----------------------------------------------------- */

static void append(attaching *a, fpli_yaml_comment **list, fpli_yaml_comment *comment)
{
    fpli_yaml_comment **end = a->list == list ? &a->last->next : list;
    while (*end != NULL) end = &(*end)->next;
    *end = comment;
    a->list = list;
    a->last = comment;
}

/* The entry at the end of whose line the comment at `at` stands, or NULL. */
static fpli_yaml_entry *ends_before(const attaching *a, size_t at)
{
    if (a->next == 0) return NULL;
    fpli_yaml_entry *entry = a->entries[a->next - 1];
    const fpli_yaml_node *value = entry->value;
    if (value->start > at) { /* only the key has been seen */
        bool same = entry->key != NULL && is_same_line(a->tree, entry->key->end, at);
        return same ? entry : NULL;
    }
    if (value->end >
        at) { /* in the head of a block scalar, or behind an opening bracket */
        return value->kind == FPLI_YAML_SCALAR ? entry : NULL;
    }
    while (entry->parent->flow && entry->parent->end <= at &&
           entry->parent->owner != NULL)
        entry = entry->parent->owner;
    return is_same_line(a->tree, entry->value->end, at) ? entry : NULL;
}

static bool is_inside(const fpli_yaml_entry *entry, const fpli_yaml_node *node)
{
    for (; entry != NULL; entry = entry->parent->owner)
        if (entry->parent == node) return true;
    return false;
}

/* The list or map after whose last entry a comment in that column stands, or NULL. */
static fpli_yaml_node *closes(const attaching *a, size_t at, int column)
{
    const fpli_yaml_entry *following = a->next < a->n ? a->entries[a->next] : NULL;
    if (a->next == 0) return following == NULL ? a->tree->root : NULL;
    fpli_yaml_entry *entry = a->entries[a->next - 1];
    fpli_yaml_node *node = entry->value->kind == FPLI_YAML_SCALAR ? entry->parent
                                                                  : entry->value;
    for (; node != NULL; node = node->owner == NULL ? NULL : node->owner->parent) {
        const bool is_open = node->flow && node->start < at && at < node->end;
        if (following != NULL && is_inside(following, node)) return NULL;
        if (node->n > 0 && (is_open || (!node->flow && node->mark.column <= column))) {
            bool deeper = following == NULL || is_open ||
                          column > following->parent->mark.column;
            return deeper ? node : NULL;
        }
        if (node->owner == NULL) return node;
    }
    return NULL;
}

static fpl_status add_comment(attaching *a, size_t at, size_t length)
{
    fpli_yaml_tree *tree = a->tree;
    fpli_yaml_comment *comment = fpli_arena_alloc(tree->arena, 1, sizeof *comment);
    if (comment == NULL) return fpli_no_memory(a->error);
    while (length > 1 && is_blank(tree->text[at + length - 1])) length--;
    comment->text = tree->text + at;
    comment->length = length;
    const bool own = is_on_own_line(tree, at);
    comment->blank_before = own && is_after_empty_line(tree, at);
    fpli_yaml_entry *entry = own ? NULL : ends_before(a, at);
    if (entry != NULL) {
        append(a, entry->trailing == NULL ? &entry->trailing : &entry->before, comment);
        return FPL_OK;
    }
    fpli_yaml_node *node = closes(a, at, (int)(at - line_start(tree, at)) + 1);
    if (node != NULL)
        append(a, &node->closing, comment);
    else
        append(a, &a->entries[a->next]->before, comment);
    return FPL_OK;
}

/* ---- looking for them -------------------------------------------------------------- */

static fpl_status scan(attaching *a, size_t from, size_t to)
{
    const char *text = a->tree->text;
    while (from < to) {
        const char *sign = memchr(text + from, '#', to - from);
        if (sign == NULL) break;
        const size_t at = (size_t)(sign - text);
        const char *newline = memchr(sign, '\n', a->tree->size - at);
        const size_t end = newline == NULL ? a->tree->size : (size_t)(newline - text);
        while (a->next < a->n && start_of(a->entries[a->next]) < at) a->next++;
        fpl_status status = add_comment(a, at, end - at);
        if (status != FPL_OK) return status;
        from = end;
    }
    return FPL_OK;
}

/* The line of a block scalar that holds '|' or '>' may end with a comment. */
static size_t text_start(const fpli_yaml_tree *tree, const fpli_yaml_node *node)
{
    if (node->style != FPLI_YAML_LITERAL && node->style != FPLI_YAML_FOLDED)
        return node->start;
    const char *newline = memchr(tree->text + node->start, '\n', node->end - node->start);
    return newline == NULL ? node->end : (size_t)(newline - tree->text);
}

static fpl_status scan_gaps(attaching *a)
{
    size_t from = 0;
    for (size_t i = 0; i < a->n; i++) {
        const fpli_yaml_node *scalars[] = {a->entries[i]->key, a->entries[i]->value};
        for (int j = 0; j < 2; j++) {
            const fpli_yaml_node *node = scalars[j];
            if (node == NULL || node->kind != FPLI_YAML_SCALAR) continue;
            fpl_status status = scan(a, from, text_start(a->tree, node));
            if (status != FPL_OK) return status;
            from = node->end;
        }
    }
    return scan(a, from, a->tree->size);
}

fpl_status fpli_yaml_attach_comments(fpli_yaml_tree *tree, fpl_error *error)
{
    attaching a = {.tree = tree, .error = error};
    fpl_status status;
    FPL_TRY(list_entries(&a, tree->root));
    FPL_TRY(scan_gaps(&a));
    for (size_t i = 0; i < a.n; i++)
        a.entries[i]->blank_before = !a.entries[i]->parent->flow &&
                                     is_after_empty_line(tree, start_of(a.entries[i]));
out:
    fpli_free(a.entries);
    return status;
}

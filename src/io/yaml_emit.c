/* Block layout, comments, and the choice between one line and several. Widths are those
 * of the text without its comment. */
#include "io/yaml_emit.h"

#include "base/mem.h"

#include <string.h>

enum { INDENT = 2 };

static void put_blanks(fpli_buffer *buffer, int n)
{
    for (int i = 0; i < n; i++) fpli_put_bytes(buffer, " ", 1);
}

/* Characters since the last line end. */
static int column_of(const fpli_buffer *buffer)
{
    size_t at = buffer->size;
    while (at > 0 && buffer->text[at - 1] != '\n') at--;
    return buffer->size == 0
               ? 0
               : (int)fpli_utf8_length(buffer->text + at, buffer->size - at);
}

/* ---- comments ---------------------------------------------------------------------- */

static void put_comments(fpli_buffer *buffer, const fpli_yaml_comment *comment,
                         int indent, bool is_first)
{
    for (; comment != NULL; comment = comment->next, is_first = false) {
        if (comment->blank_before && !is_first) fpli_put(buffer, "\n");
        put_blanks(buffer, indent);
        fpli_put_bytes(buffer, comment->text, comment->length);
        fpli_put(buffer, "\n");
    }
}

static void end_line(fpli_buffer *buffer, const fpli_yaml_comment *comment)
{
    if (comment != NULL) {
        fpli_put(buffer, "  ");
        fpli_put_bytes(buffer, comment->text, comment->length);
    }
    fpli_put(buffer, "\n");
}

static bool holds_comments(const fpli_yaml_node *node)
{
    if (node->closing != NULL) return true;
    for (const fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next)
        if (entry->before != NULL || entry->trailing != NULL ||
            holds_comments(entry->value))
            return true;
    return false;
}

/* ---- flow style that fits ---------------------------------------------------------- */

static void put_flow_entry(fpli_buffer *buffer, const fpli_yaml_entry *entry)
{
    if (entry->key != NULL) {
        fpli_yaml_put_scalar(buffer, entry->key, true);
        fpli_put(buffer, ": ");
    }
    fpli_yaml_put_flow(buffer, entry->value);
}

/* In flow style, broken between entries where a line is full. False, and nothing written,
 * if one entry alone is too long for a line. */
static bool put_wrapped(fpli_buffer *buffer, const fpli_yaml_node *node)
{
    const size_t before = buffer->size;
    const int left = column_of(buffer) + 1;
    int column = left;
    bool fits = true;
    fpli_buffer item = {0};
    fpli_put(buffer, node->kind == FPLI_YAML_MAP ? "{" : "[");
    for (const fpli_yaml_entry *entry = node->first; entry != NULL && fits;
         entry = entry->next) {
        item.size = 0;
        put_flow_entry(&item, entry);
        if (item.broken) break;
        const int width = (int)fpli_utf8_length(item.text, item.size) +
                          1; /* and ',' or '}' */
        if (entry != node->first && column + 1 + width > FPLI_YAML_WIDTH) {
            fpli_put(buffer, "\n");
            put_blanks(buffer, left);
            column = left;
        } else if (entry != node->first) {
            fpli_put(buffer, " ");
            column++;
        }
        column += width;
        fits = column <= FPLI_YAML_WIDTH;
        fpli_put_bytes(buffer, item.text, item.size);
        if (entry->next != NULL) fpli_put(buffer, ",");
    }
    buffer->broken |= item.broken;
    fpli_buffer_clear(&item);
    fpli_put(buffer, node->kind == FPLI_YAML_MAP ? "}" : "]");
    if (!fits && !buffer->broken) {
        buffer->size = before;
        buffer->text[before] = '\0';
    }
    return fits;
}

/* ---- prose ------------------------------------------------------------------------- */

/* Whether a block scalar can hold the text as it is. */
static bool suits_block(const char *text, size_t length)
{
    if (length == 0 || strchr(" \n", text[0]) != NULL) return false;
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        int n = fpli_utf8_next(text + at, length - at, &code);
        const bool ends_line = at + (size_t)n >= length || text[at + (size_t)n] == '\n';
        if (n == 0 || (code < 0x20 && code != '\n') || (code >= 0x7F && code <= 0xA0))
            return false;
        if (code == 0x2028 || code == 0x2029 || code == 0xFEFF ||
            (code & 0xFFFE) == 0xFFFE)
            return false;
        if (code == ' ' && ends_line) return false;
        if (code == '\n' && at + 1 == length && text[at - 1] == '\n') return false;
        at += (size_t)n;
    }
    return true;
}

static void put_literal(fpli_buffer *buffer, const char *text, size_t length, int indent)
{
    const char *end = text + length;
    if (end[-1] == '\n') end--;
    while (text <= end) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        const char *stop = newline == NULL ? end : newline;
        if (stop > text) put_blanks(buffer, indent);
        fpli_put_bytes(buffer, text, (size_t)(stop - text));
        fpli_put(buffer, "\n");
        text = stop + 1;
    }
}

/* Lines may break at single blanks only: others would not come back. */
static void put_folded(fpli_buffer *buffer, const char *text, size_t length, int indent)
{
    const char *end = text + length;
    if (end[-1] == '\n') end--;
    put_blanks(buffer, indent);
    int column = indent;
    while (text < end) {
        const char *stop = text + 1; /* the end of the piece that cannot be broken */
        while (stop < end && !(stop[0] == ' ' && stop[-1] != ' ' && stop[1] != ' '))
            stop++;
        const int width = (int)fpli_utf8_length(text, (size_t)(stop - text));
        if (*text == ' ' && column + width > FPLI_YAML_WIDTH) {
            fpli_put(buffer, "\n");
            put_blanks(buffer, indent);
            fpli_put_bytes(buffer, text + 1, (size_t)(stop - text) - 1);
            column = indent + width - 1;
        } else {
            fpli_put_bytes(buffer, text, (size_t)(stop - text));
            column += width;
        }
        text = stop;
    }
    fpli_put(buffer, "\n");
}

/* Behind "key:" or "-", the line end included. */
static void put_scalar_value(fpli_buffer *buffer, const fpli_yaml_node *node, int indent,
                             const fpli_yaml_comment *trailing)
{
    fpli_buffer line = {0};
    fpli_yaml_put_scalar(&line, node, false);
    if (line.broken) {
        buffer->broken = true;
        return;
    }
    const size_t length = node->length;
    const bool has_lines = length > 1 && memchr(node->text, '\n', length - 1) != NULL;
    const int width = column_of(buffer) + 1 + (int)fpli_utf8_length(line.text, line.size);
    const bool in_block = node->layout == FPLI_YAML_PROSE &&
                          suits_block(node->text, length) &&
                          (has_lines || width > FPLI_YAML_WIDTH);
    if (in_block) {
        fpli_put(buffer, has_lines ? " |" : " >");
        if (node->text[length - 1] != '\n') fpli_put(buffer, "-");
        end_line(buffer, trailing);
        (has_lines ? put_literal : put_folded)(buffer, node->text, length, indent);
    } else {
        fpli_put(buffer, " ");
        fpli_put_bytes(buffer, line.text, line.size);
        end_line(buffer, trailing);
    }
    fpli_buffer_clear(&line);
}

/* ---- matrices ---------------------------------------------------------------------- */

static bool is_row(const fpli_yaml_node *node)
{
    if (node->kind != FPLI_YAML_LIST || holds_comments(node)) return false;
    for (const fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next)
        if (entry->value->kind != FPLI_YAML_SCALAR) return false;
    return true;
}

static int scalar_width(const fpli_yaml_node *node)
{
    return (int)fpli_utf8_length(node->text, node->length);
}

typedef struct matrix {
    int key_width;
    int *widths; /* of the columns */
    int n;
} matrix;

static void measure_matrix(const fpli_yaml_node *map, matrix *m)
{
    for (const fpli_yaml_entry *row = map->first; row != NULL; row = row->next) {
        if (scalar_width(row->key) > m->key_width) m->key_width = scalar_width(row->key);
        if (is_row(row->value) && row->value->n > m->n) m->n = row->value->n;
    }
    m->widths = fpli_new((size_t)m->n, sizeof *m->widths);
    if (m->widths == NULL) return;
    for (const fpli_yaml_entry *row = map->first; row != NULL; row = row->next) {
        if (!is_row(row->value)) continue;
        int i = 0;
        for (const fpli_yaml_entry *item = row->value->first; item != NULL;
             item = item->next, i++)
            if (scalar_width(item->value) > m->widths[i])
                m->widths[i] = scalar_width(item->value);
    }
}

/* Behind "key:". */
static void put_row(fpli_buffer *buffer, const fpli_yaml_entry *row, const matrix *m)
{
    put_blanks(buffer, m->key_width - scalar_width(row->key) + 1);
    fpli_put(buffer, "[");
    int i = 0;
    for (const fpli_yaml_entry *item = row->value->first; item != NULL;
         item = item->next, i++) {
        if (i > 0) fpli_put(buffer, ", ");
        put_blanks(buffer, m->widths[i] - scalar_width(item->value));
        fpli_yaml_put_scalar(buffer, item->value, true);
    }
    fpli_put(buffer, "]");
    end_line(buffer, row->trailing);
}

/* ---- blocks ------------------------------------------------------------------------ */

static void put_entries(fpli_buffer *buffer, const fpli_yaml_node *node, int indent,
                        bool is_begun);

/* Whether a list or map takes lines of its own; if not, it has been written. */
static bool needs_block(fpli_buffer *buffer, const fpli_yaml_node *node)
{
    if (node->n == 0) {
        fpli_put(buffer, node->kind == FPLI_YAML_MAP ? " {}" : " []");
        return false;
    }
    if (node->layout != FPLI_YAML_AUTO || holds_comments(node)) return true;
    const size_t before = buffer->size;
    fpli_put(buffer, " ");
    if (put_wrapped(buffer, node) || buffer->broken) return false;
    buffer->size = before;
    buffer->text[before] = '\0';
    return true;
}

static void put_key_value(fpli_buffer *buffer, const fpli_yaml_entry *entry, int indent)
{
    const fpli_yaml_node *value = entry->value;
    fpli_yaml_put_scalar(buffer, entry->key, false);
    fpli_put(buffer, ":");
    if (value->kind == FPLI_YAML_SCALAR) {
        put_scalar_value(buffer, value, indent + INDENT, entry->trailing);
        return;
    }
    const bool block = needs_block(buffer, value);
    end_line(buffer, entry->trailing);
    if (block) put_entries(buffer, value, indent + INDENT, false);
}

static void put_item(fpli_buffer *buffer, const fpli_yaml_entry *entry, int indent)
{
    const fpli_yaml_node *value = entry->value;
    fpli_put(buffer, "-");
    if (value->kind == FPLI_YAML_SCALAR) {
        put_scalar_value(buffer, value, indent + INDENT, entry->trailing);
    } else if (!needs_block(buffer, value)) {
        end_line(buffer, entry->trailing);
    } else {
        const bool is_map = value->kind == FPLI_YAML_MAP;
        fpli_put(buffer, is_map ? " " : "\n");
        put_entries(buffer, value, indent + INDENT, is_map);
    }
}

/* Whether an item of a list will be written in block style. */
static bool is_block_item(fpli_buffer *buffer, const fpli_yaml_entry *entry, int indent)
{
    if (entry->key != NULL || entry->value->kind == FPLI_YAML_SCALAR) return false;
    if (holds_comments(entry->value)) return true;
    if (entry->trailing == NULL || buffer->broken)
        return false; /* nobody needs to know */
    const size_t before = buffer->size;
    put_blanks(buffer, indent);
    fpli_put(buffer, "-");
    const bool block = needs_block(buffer, entry->value);
    if (buffer->broken) return block;
    buffer->size = before;
    buffer->text[before] = '\0';
    return block;
}

/* In block style a comment behind the "-" of an item and those of its first key have no
 * other place than before the item. */
static void put_comments_before(fpli_buffer *buffer, const fpli_yaml_entry *entry,
                                int indent, bool is_first)
{
    put_comments(buffer, entry->before, indent, is_first);
    if (!is_block_item(buffer, entry, indent)) return;
    is_first = is_first && entry->before == NULL;
    put_comments(buffer, entry->trailing, indent, is_first);
    is_first = is_first && entry->trailing == NULL;
    if (entry->value->kind == FPLI_YAML_MAP)
        put_comments(buffer, entry->value->first->before, indent, is_first);
}

/* is_begun: the first line has been begun by the "- " of a list. */
static void put_entries(fpli_buffer *buffer, const fpli_yaml_node *node, int indent,
                        bool is_begun)
{
    const bool is_matrix = node->layout == FPLI_YAML_MATRIX;
    matrix m = {0};
    if (is_matrix) {
        measure_matrix(node, &m);
        if (m.widths == NULL) buffer->broken = true;
    }
    for (const fpli_yaml_entry *entry = node->first; entry != NULL && !buffer->broken;
         entry = entry->next) {
        const bool is_first = entry == node->first;
        if (!(is_first && is_begun)) {
            const size_t before = buffer->size;
            put_comments_before(buffer, entry, indent, is_first);
            const bool commented = buffer->size > before;
            if (entry->blank_before && (!is_first || commented)) fpli_put(buffer, "\n");
            put_blanks(buffer, indent);
        }
        if (is_matrix && is_row(entry->value)) {
            fpli_yaml_put_scalar(buffer, entry->key, false);
            fpli_put(buffer, ":");
            put_row(buffer, entry, &m);
        } else if (entry->key != NULL) {
            put_key_value(buffer, entry, indent);
        } else {
            put_item(buffer, entry, indent);
        }
    }
    fpli_free(m.widths);
    put_comments(buffer, node->closing, indent, false);
}

void fpli_yaml_emit(fpli_buffer *buffer, const fpli_yaml_node *root)
{
    put_entries(buffer, root, 0, false);
}

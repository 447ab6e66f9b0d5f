/* libyaml's events become a tree. libyaml counts characters; places in bytes come from a
 * table of checkpoints, so that cutting and splicing are right in any language. */
#include "io/yaml_tree.h"

#include "base/status.h"
#include "base/text.h"

#include <fahrplan/io.h>

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { CHECKPOINT_EVERY = 64 };

typedef struct parsing {
    fpli_yaml_tree *tree;
    fpli_arena *arena;
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
    const char *text; /* without byte order mark */
    size_t size;
    size_t skipped;      /* bytes of the byte order mark */
    size_t *checkpoints; /* byte offset of every 64th character; NULL: all characters are
                            bytes */
    const char *name;
    int file;
    fpl_error *error;
} parsing;

static fpl_mark mark_at(const parsing *p, const yaml_mark_t *place, size_t width)
{
    return (fpl_mark){.line = (int)place->line + 1,
                      .column = (int)place->column + 1,
                      .width = width > 100000 ? 100000 : (int)width,
                      .file = p->file};
}

/* ---- characters -------------------------------------------------------------------- */

/* The place of a byte, for complaints before libyaml has seen the text. */
static fpl_mark mark_of_byte(const parsing *p, size_t at)
{
    size_t line_start = 0;
    int line = 1;
    for (size_t i = 0; i < at; i++) {
        if (p->text[i] != '\n') continue;
        line++;
        line_start = i + 1;
    }
    size_t column = fpli_utf8_length(p->text + line_start, at - line_start) + 1;
    return (fpl_mark){.line = line, .column = (int)column, .width = 1, .file = p->file};
}

static bool is_allowed(uint32_t code)
{
    if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
    if (code < 0xA0) return code < 0x7F || code == 0x85;
    return code != 0xFEFF && code != 0xFFFE && code != 0xFFFF;
}

/* YAML 1.1 breaks lines where YAML 1.2 does not, and editors count lines in ways of their
 * own. */
static bool ends_line_somewhere(uint32_t code, char next)
{
    return (code == '\r' && next != '\n') || code == 0x85 || code == 0x2028 ||
           code == 0x2029;
}

static fpl_status check_characters(parsing *p)
{
    size_t n = 0;
    for (size_t at = 0; at < p->size; n++) {
        uint32_t code = 0;
        int length = fpli_utf8_next(p->text + at, p->size - at, &code);
        if (length == 0) {
            fpl_status status = fpli_fail_at(
                p->error, FPL_E_SYNTAX, p->name, mark_of_byte(p, at),
                "byte 0x%02X is not valid UTF-8", (unsigned char)p->text[at]);
            fpli_note(p->error, (fpl_mark){0}, "save the file in the encoding UTF-8");
            return status;
        }
        if (!is_allowed(code))
            return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, mark_of_byte(p, at),
                                "the character U+%04X cannot stand in a YAML text",
                                (unsigned)code);
        if (ends_line_somewhere(code, at + 1 < p->size ? p->text[at + 1] : '\0')) {
            fpl_status status = fpli_fail_at(
                p->error, FPL_E_SYNTAX, p->name, mark_of_byte(p, at),
                "the character U+%04X ends a line for some programs "
                "and not for others",
                (unsigned)code);
            fpli_note(
                p->error, (fpl_mark){0},
                "end lines with LF or CR LF; in a text in double quotes write \\u%04X",
                (unsigned)code);
            return status;
        }
        at += (size_t)length;
    }
    if (n == p->size) return FPL_OK;
    p->checkpoints = fpli_arena_alloc(p->arena, n / CHECKPOINT_EVERY + 1, sizeof(size_t));
    if (p->checkpoints == NULL) return fpli_no_memory(p->error);
    size_t at = 0;
    for (size_t i = 0; i <= n; i++) { /* the end has a place too */
        if (i % CHECKPOINT_EVERY == 0) p->checkpoints[i / CHECKPOINT_EVERY] = at;
        if (i < n) at += (size_t)fpli_utf8_next(p->text + at, p->size - at, NULL);
    }
    return FPL_OK;
}

/* The byte where a character of the whole text stands. */
static size_t byte_of(const parsing *p, size_t character)
{
    size_t at = character;
    if (p->checkpoints != NULL && p->size > 0) {
        at = p->checkpoints[character / CHECKPOINT_EVERY];
        for (size_t i = character % CHECKPOINT_EVERY; i > 0 && at < p->size; i--)
            at += (size_t)fpli_utf8_next(p->text + at, p->size - at, NULL);
    }
    return (at < p->size ? at : p->size) + p->skipped;
}

/* ---- what libyaml refuses ---------------------------------------------------------- */

typedef struct refusal {
    const char *problem;  /* libyaml's words */
    const char *sentence; /* ours */
    const char *note;     /* NULL: where the context began */
    bool at_context;      /* the context's place helps more */
} refusal;

static const refusal refusals[] = {
    {"mapping values are not allowed in this context", N_("a ': ' cannot stand here"),
     N_("a text that contains ': ' needs quotes; keys that belong together begin in one "
        "column"),
     false},
    {"did not find expected ',' or ']'", N_("',' or ']' is missing before this"), NULL,
     false},
    {"did not find expected ',' or '}'", N_("',' or '}' is missing before this"), NULL,
     false},
    {"did not find expected key", N_("this is neither a key nor the end of a value"),
     N_("keys that belong together begin in one column; a text that holds quotes needs "
        "quotes of the "
        "other kind around it"),
     false},
    {"did not find expected '-' indicator", N_("an item of a list begins with '- '"),
     NULL, false},
    {"could not find expected ':'", N_("a key needs ': ' and a value after it"),
     N_("a text of several lines needs quotes or '|'"), true},
    {"found unexpected end of stream", N_("the quote that begins here is never closed"),
     "", true},
    {"found unknown escape character", N_("unknown escape in a text in double quotes"),
     N_("write \\\\ for a backslash, or use single quotes"), false},
    {"did not find expected node content", N_("a key or a value is missing before this"),
     NULL, false},
    {NULL, NULL, NULL, false}};

static fpl_status fail_token(parsing *p, fpl_mark mark, char c)
{
    fpl_status status;
    if (c == '\t') {
        status = fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, mark,
                              "a tab cannot indent");
        fpli_note(p->error, (fpl_mark){0}, "use blanks");
    } else {
        status = fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, mark,
                              "a text cannot begin with '%c'", c);
        fpli_note(p->error, (fpl_mark){0}, "put it in quotes");
    }
    return status;
}

static fpl_status fail_parser(parsing *p)
{
    const yaml_parser_t *parser = &p->parser;
    if (parser->error == YAML_MEMORY_ERROR) return fpli_no_memory(p->error);
    const char *problem = parser->problem == NULL ? N_("this is not YAML")
                                                  : parser->problem;
    const bool has_context = parser->context != NULL;
    fpl_mark mark = mark_at(p, &parser->problem_mark, 1);
    if (strcmp(problem, "found character that cannot start any token") == 0)
        return fail_token(p, mark, p->tree->text[byte_of(p, parser->problem_mark.index)]);
    fpl_mark context = mark_at(p, &parser->context_mark, 1);
    const refusal *known = refusals;
    while (known->problem != NULL && strcmp(known->problem, problem) != 0) known++;
    if (known->problem == NULL)
        return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, mark, "%s",
                            fpli_translated(p->error, problem));
    fpl_status status = fpli_fail_at(p->error, FPL_E_SYNTAX, p->name,
                                     known->at_context && has_context ? context : mark,
                                     "%s", fpli_translated(p->error, known->sentence));
    if (known->note == NULL && has_context)
        fpli_note(p->error, context, "what it belongs to begins at %d:%d", context.line,
                  context.column);
    else if (known->note != NULL && known->note[0] != '\0')
        fpli_note(p->error, (fpl_mark){0}, "%s", fpli_translated(p->error, known->note));
    return status;
}

/* ---- events ------------------------------------------------------------------------ */

static void drop_event(parsing *p)
{
    if (p->has_event) yaml_event_delete(&p->event);
    p->has_event = false;
}

static fpl_status next_event(parsing *p)
{
    drop_event(p);
    if (!yaml_parser_parse(&p->parser, &p->event)) return fail_parser(p);
    p->has_event = true;
    return FPL_OK;
}

static fpl_status fail_event(parsing *p, const char *sentence)
{
    const size_t width = p->event.end_mark.line == p->event.start_mark.line
                             ? p->event.end_mark.index - p->event.start_mark.index
                             : 1;
    return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name,
                        mark_at(p, &p->event.start_mark, width > 0 ? width : 1), "%s",
                        fpli_translated(p->error, sentence));
}

/* What the subset leaves out. */
static fpl_status check_event(parsing *p)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;
    switch (p->event.type) {
    case YAML_ALIAS_EVENT:
        return fail_event(p, "aliases ('*') are not allowed: write the value out");
    case YAML_SCALAR_EVENT:
        anchor = p->event.data.scalar.anchor;
        tag = p->event.data.scalar.tag;
        break;
    case YAML_SEQUENCE_START_EVENT:
        anchor = p->event.data.sequence_start.anchor;
        tag = p->event.data.sequence_start.tag;
        break;
    case YAML_MAPPING_START_EVENT:
        anchor = p->event.data.mapping_start.anchor;
        tag = p->event.data.mapping_start.tag;
        break;
    default: break;
    }
    if (anchor != NULL)
        return fail_event(
            p, "anchors ('&') are not allowed: put the text in quotes or write the "
               "value out");
    if (tag != NULL)
        return fail_event(
            p, "tags ('!') are not allowed: put the text in quotes or leave the tag "
               "out");
    return FPL_OK;
}

/* ---- nodes ------------------------------------------------------------------------- */

fpli_yaml_node *fpli_yaml_new(fpli_arena *arena, fpli_yaml_kind kind)
{
    fpli_yaml_node *node = fpli_arena_alloc(arena, 1, sizeof *node);
    if (node != NULL) node->kind = kind;
    return node;
}

fpli_yaml_node *fpli_yaml_scalar(fpli_arena *arena, const char *text, size_t length)
{
    fpli_yaml_node *node = fpli_yaml_new(arena, FPLI_YAML_SCALAR);
    if (node == NULL) return NULL;
    node->text = fpli_arena_text(arena, text, length);
    node->length = length;
    return node->text == NULL ? NULL : node;
}

fpli_yaml_entry *fpli_yaml_append(fpli_arena *arena, fpli_yaml_node *parent,
                                  fpli_yaml_node *key, fpli_yaml_node *value)
{
    fpli_yaml_entry *entry = fpli_arena_alloc(arena, 1, sizeof *entry);
    if (entry == NULL) return NULL;
    entry->key = key;
    entry->value = value;
    entry->parent = parent;
    value->owner = entry;
    if (parent->last == NULL)
        parent->first = entry;
    else
        parent->last->next = entry;
    parent->last = entry;
    parent->n++;
    return entry;
}

fpli_yaml_entry *fpli_yaml_find(const fpli_yaml_node *map, const char *key)
{
    if (map->kind != FPLI_YAML_MAP) return NULL;
    for (fpli_yaml_entry *entry = map->first; entry != NULL; entry = entry->next)
        if (strcmp(entry->key->text, key) == 0) return entry;
    return NULL;
}

size_t fpli_yaml_end(const fpli_yaml_node *node)
{
    while (node->kind != FPLI_YAML_SCALAR && !node->flow && node->last != NULL)
        node = node->last->value;
    return node->end;
}

static fpli_yaml_style style_of(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return FPLI_YAML_SINGLE;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return FPLI_YAML_DOUBLE;
    case YAML_LITERAL_SCALAR_STYLE: return FPLI_YAML_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE: return FPLI_YAML_FOLDED;
    default: return FPLI_YAML_PLAIN;
    }
}

/* A scalar's mark is of what it says: inside the quotes, and of the first line only. */
static void mark_scalar(const parsing *p, fpli_yaml_node *node)
{
    const yaml_event_t *event = &p->event;
    const bool quoted = node->style == FPLI_YAML_SINGLE ||
                        node->style == FPLI_YAML_DOUBLE;
    size_t width = 1;
    if (event->start_mark.line == event->end_mark.line) {
        width = event->end_mark.index - event->start_mark.index;
        if (quoted) width -= 2;
    } else if (node->style == FPLI_YAML_PLAIN || quoted) {
        const char *from = p->tree->text + node->start + (quoted ? 1 : 0);
        const char *end = p->tree->text + node->end;
        size_t bytes = 0;
        while (from + bytes < end && from[bytes] != '\n' && from[bytes] != '\r') bytes++;
        width = fpli_utf8_length(from, bytes);
    }
    node->mark = mark_at(p, &event->start_mark, width);
    if (quoted) node->mark.column++;
}

static fpl_status make_scalar(parsing *p, fpli_yaml_node **node)
{
    const yaml_event_t *event = &p->event;
    const char *text = (const char *)event->data.scalar.value;
    const size_t length = event->data.scalar.length;
    if (memchr(text, '\0', length) != NULL)
        return fail_event(p, "a text cannot contain the character NUL");
    fpli_yaml_node *made = fpli_yaml_scalar(p->arena, text, length);
    if (made == NULL) return fpli_no_memory(p->error);
    made->style = style_of(event->data.scalar.style);
    made->start = byte_of(p, event->start_mark.index);
    made->end = byte_of(p, event->end_mark.index);
    mark_scalar(p, made);
    *node = made;
    return FPL_OK;
}

/* ---- duplicate keys ---------------------------------------------------------------- */

static int compare_keys(const void *a, const void *b)
{
    const fpli_yaml_node *x = *(fpli_yaml_node *const *)a,
                         *y = *(fpli_yaml_node *const *)b;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : (x->start > y->start) - (x->start < y->start);
}

static fpl_status fail_duplicate(parsing *p, const fpli_yaml_node *first,
                                 const fpli_yaml_node *second)
{
    fpl_status status = fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, second->mark,
                                     "the key '%s' stands here twice", second->text);
    fpli_note(p->error, first->mark, "first at %d:%d; remove one of them",
              first->mark.line, first->mark.column);
    return status;
}

static fpl_status check_duplicates(parsing *p, const fpli_yaml_node *map)
{
    if (map->n < 2) return FPL_OK;
    const fpli_yaml_node **keys = fpli_new((size_t)map->n, sizeof *keys);
    if (keys == NULL) return fpli_no_memory(p->error);
    int n = 0;
    for (const fpli_yaml_entry *entry = map->first; entry != NULL; entry = entry->next)
        keys[n++] = entry->key;
    qsort(keys, (size_t)n, sizeof *keys, compare_keys);
    const fpli_yaml_node *first = NULL, *second = NULL; /* the earliest that repeats */
    for (int i = 1; i < n; i++) {
        if (strcmp(keys[i - 1]->text, keys[i]->text) != 0) continue;
        if (second != NULL && second->start < keys[i]->start) continue;
        first = keys[i - 1];
        second = keys[i];
    }
    fpli_free(keys);
    return second == NULL ? FPL_OK : fail_duplicate(p, first, second);
}

/* ---- composing --------------------------------------------------------------------- */

static fpl_status compose(parsing *p, int depth, fpli_yaml_node **node);

static fpl_status compose_key(parsing *p, fpli_yaml_node **key)
{
    if (p->event.type != YAML_SCALAR_EVENT)
        return fail_event(p, "a key must be a plain word");
    fpl_status status = make_scalar(p, key);
    if (status != FPL_OK) return status;
    if ((*key)->length == 0) return fail_event(p, "a key is missing before ':'");
    return next_event(p);
}

static fpl_status compose_items(parsing *p, fpli_yaml_node *parent, int depth)
{
    const bool is_map = parent->kind == FPLI_YAML_MAP;
    const yaml_event_type_t end = is_map ? YAML_MAPPING_END_EVENT
                                         : YAML_SEQUENCE_END_EVENT;
    fpl_status status;
    FPL_TRY(next_event(p));
    while (p->event.type != end) {
        FPL_TRY(check_event(p));
        fpli_yaml_node *key = NULL, *value = NULL;
        if (is_map) FPL_TRY(compose_key(p, &key));
        FPL_TRY(compose(p, depth + 1, &value));
        if (fpli_yaml_append(p->arena, parent, key, value) == NULL)
            FPL_TRY(fpli_no_memory(p->error));
        FPL_TRY(next_event(p));
    }
    parent->end = byte_of(p, p->event.end_mark.index);
    if (is_map) FPL_TRY(check_duplicates(p, parent));
out:
    return status;
}

/* The node whose first event is at hand; its last event is at hand afterwards. */
static fpl_status compose(parsing *p, int depth, fpli_yaml_node **node)
{
    fpl_status status = check_event(p);
    if (status != FPL_OK) return status;
    if (p->event.type == YAML_SCALAR_EVENT) return make_scalar(p, node);
    if (depth > FPL_YAML_DEPTH_MAX)
        return fpli_fail_at(p->error, FPL_E_SYNTAX, p->name,
                            mark_at(p, &p->event.start_mark, 1),
                            "nested more than %d deep", FPL_YAML_DEPTH_MAX);
    const bool is_map = p->event.type == YAML_MAPPING_START_EVENT;
    fpli_yaml_node *made = fpli_yaml_new(p->arena,
                                         is_map ? FPLI_YAML_MAP : FPLI_YAML_LIST);
    if (made == NULL) return fpli_no_memory(p->error);
    made->flow = is_map ? p->event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                        : p->event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    made->start = byte_of(p, p->event.start_mark.index);
    made->mark = mark_at(p, &p->event.start_mark, 1);
    status = compose_items(p, made, depth);
    if (status != FPL_OK) return status;
    if (!made->flow && is_map && made->first != NULL)
        made->mark.width = made->first->key->mark.width;
    *node = made;
    return FPL_OK;
}

static fpl_status compose_document(parsing *p)
{
    const fpl_mark start = {.line = 1, .column = 1, .width = 1, .file = p->file};
    fpl_status status;
    FPL_TRY(next_event(p)); /* stream start */
    FPL_TRY(next_event(p));
    if (p->event.type == YAML_STREAM_END_EVENT)
        FPL_TRY(fpli_fail_at(p->error, FPL_E_SYNTAX, p->name, start,
                             "the file is empty; a model begins with 'fahrplan: 1'"));
    if (p->event.data.document_start.version_directive != NULL ||
        p->event.data.document_start.tag_directives.start !=
            p->event.data.document_start.tag_directives.end)
        FPL_TRY(fail_event(p, "directives ('%') are not allowed"));
    FPL_TRY(next_event(p));
    FPL_TRY(check_event(p));
    if (p->event.type != YAML_MAPPING_START_EVENT) {
        FPL_TRY(fail_event(p, "a model is a mapping of keys to values and begins with "
                              "'fahrplan: 1'"));
    }
    FPL_TRY(compose(p, 1, &p->tree->root));
    FPL_TRY(next_event(p)); /* document end */
    FPL_TRY(next_event(p));
    if (p->event.type != YAML_STREAM_END_EVENT)
        FPL_TRY(fail_event(p, "a second document begins here; a file holds one"));
out:
    return status;
}

fpl_status fpli_yaml_parse(fpli_arena *arena, const char *text, size_t size,
                           const char *name, int file, fpli_yaml_tree *tree,
                           fpl_error *error)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    parsing p = {
        .tree = tree, .arena = arena, .name = name, .file = file, .error = error};
    p.skipped = size >= 3 && memcmp(text, byte_order_mark, 3) == 0 ? 3 : 0;
    p.text = text + p.skipped;
    p.size = size - p.skipped;
    *tree = (fpli_yaml_tree){.arena = arena, .text = text, .size = size};
    const char *newline = memchr(text, '\n', size);
    tree->crlf = newline != NULL && newline > text && newline[-1] == '\r';
    fpl_status status = check_characters(&p);
    if (status != FPL_OK) return status;
    if (!yaml_parser_initialize(&p.parser)) return fpli_no_memory(error);
    yaml_parser_set_encoding(&p.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&p.parser, (const unsigned char *)p.text, p.size);
    status = compose_document(&p);
    drop_event(&p);
    yaml_parser_delete(&p.parser);
    return status;
}

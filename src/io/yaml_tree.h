/* A native text as a tree: what stands where, in bytes and in lines and columns, with the
 * comments. Reader, formatter and editor work on it; the writer makes one of its own
 * (yaml_write.c).
 *
 * Refused here, with the place: invalid UTF-8 and control characters, anything that is
 * not YAML, anchors, aliases, tags, directives, several documents, duplicate keys,
 * nesting deeper than FPL_YAML_DEPTH_MAX. */
#ifndef FPLI_YAML_TREE_H
#define FPLI_YAML_TREE_H

#include "base/mem.h"

#include <fahrplan/status.h>

typedef enum fpli_yaml_kind {
    FPLI_YAML_SCALAR,
    FPLI_YAML_LIST,
    FPLI_YAML_MAP
} fpli_yaml_kind;

typedef enum fpli_yaml_style { /* of a scalar */
                               FPLI_YAML_PLAIN,
                               FPLI_YAML_SINGLE,
                               FPLI_YAML_DOUBLE,
                               FPLI_YAML_LITERAL,
                               FPLI_YAML_FOLDED
} fpli_yaml_style;

typedef enum fpli_yaml_layout {                   /* of a tree that is written */
                                FPLI_YAML_AUTO,   /* scalar: plain or quoted; list or map:
                                                     in flow style if it fits */
                                FPLI_YAML_BLOCK,  /* list or map: one item a line */
                                FPLI_YAML_MATRIX, /* map of lists of numbers: a row a
                                                     line, aligned */
                                FPLI_YAML_PROSE,  /* scalar: folded if it is long */
                                FPLI_YAML_BARE /* scalar: plain although YAML might take
                                                  it for something else than text */
} fpli_yaml_layout;

/* A comment with its "#" and without its line end. */
typedef struct fpli_yaml_comment {
    const char *text;
    size_t length;
    bool blank_before; /* an empty line stands before it */
    struct fpli_yaml_comment *next;
} fpli_yaml_comment;

typedef struct fpli_yaml_node fpli_yaml_node;

/* An item of a list or a key with its value. */
typedef struct fpli_yaml_entry {
    fpli_yaml_node *key; /* NULL in a list */
    fpli_yaml_node *value;
    struct fpli_yaml_entry *next;
    fpli_yaml_node *parent;
    fpli_yaml_comment *before;   /* on lines of their own */
    fpli_yaml_comment *trailing; /* at the end of its line; at most one */
    bool blank_before;           /* an empty line stands before it */
} fpli_yaml_entry;

struct fpli_yaml_node {
    fpli_yaml_kind kind;
    fpli_yaml_style style;
    bool flow; /* list or map: as it stands in the text */
    fpli_yaml_layout layout;
    const char *text; /* scalar: what it says, zero-terminated */
    size_t length;
    fpl_mark mark;     /* scalar: of what it says, inside the quotes */
    size_t start, end; /* bytes of the text, quotes and brackets included */
    fpli_yaml_entry *first, *last;
    int n;                      /* entries */
    fpli_yaml_entry *owner;     /* the entry whose value this is; NULL at the root */
    fpli_yaml_comment *closing; /* comments after the last entry */
};

typedef struct fpli_yaml_tree {
    fpli_arena *arena;
    const char *text;
    size_t size;
    fpli_yaml_node *root; /* a map */
    bool crlf;            /* lines end with CR LF */
} fpli_yaml_tree;

/* Parse a text. name: how complaints call it; file: fpl_mark.file of its marks. The text
 * must live as long as the tree. The tree lives in `arena`. */
fpl_status fpli_yaml_parse(fpli_arena *arena, const char *text, size_t size,
                           const char *name, int file, fpli_yaml_tree *tree,
                           fpl_error *error);

/* Find the comments and empty lines and attach them to the entries (yaml_comments.c). */
fpl_status fpli_yaml_attach_comments(fpli_yaml_tree *tree, fpl_error *error);

/* New nodes for trees that are written. NULL if there is no memory. */
fpli_yaml_node *fpli_yaml_new(fpli_arena *arena, fpli_yaml_kind kind);
fpli_yaml_node *fpli_yaml_scalar(fpli_arena *arena, const char *text, size_t length);

/* Append a value; key NULL for lists. NULL if there is no memory. */
fpli_yaml_entry *fpli_yaml_append(fpli_arena *arena, fpli_yaml_node *parent,
                                  fpli_yaml_node *key, fpli_yaml_node *value);

/* The entry with that key, or NULL. */
fpli_yaml_entry *fpli_yaml_find(const fpli_yaml_node *map, const char *key);

/* Where the text of a node ends. For lists and maps in block style this is not `end`,
 * which lies where the next thing begins. */
size_t fpli_yaml_end(const fpli_yaml_node *node);

#endif

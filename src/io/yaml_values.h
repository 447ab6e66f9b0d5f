/* The values of the field table that are scalars or lists of scalars, and how wrong ones
 * are complained about. Records are put together in yaml_read.c. */
#ifndef FPLI_YAML_VALUES_H
#define FPLI_YAML_VALUES_H

#include "io/yaml_tree.h"
#include "model/records.h"

typedef struct fpli_yaml_reading {
    fpli_arena *arena; /* of the content */
    const char *name;  /* of the file */
    fpl_error *error;
} fpli_yaml_reading;

/* Reads the value that stands under `key` into the member of a struct that `field`
 * describes. */
typedef fpl_status fpli_yaml_reader(fpli_yaml_reading *r, const fpli_field *field,
                                    const char *key, const fpli_yaml_node *node,
                                    void *member);

/* By fpli_type; NULL for types that hold records. */
extern fpli_yaml_reader *const fpli_yaml_readers[];

/* The items of a list, each by `read`; due: what the value must be ("a list of ids"). */
fpl_status fpli_yaml_read_items(fpli_yaml_reading *r, const fpli_field *field,
                                const char *key, const fpli_yaml_node *node, void *list,
                                size_t size, fpli_yaml_reader *read, const char *due);

/* "'lag' must be a whole number from 0 to 9, not 'x'" */
fpl_status fpli_yaml_fail_value(const fpli_yaml_reading *r, const char *key,
                                const fpli_yaml_node *node, const char *due);

/* As much of a text as a message can bear. */
enum { FPLI_YAML_QUOTE = 168 };
const char *fpli_yaml_quote(const char *text, char out[FPLI_YAML_QUOTE]);

fpl_status fpli_yaml_copy_text(fpli_yaml_reading *r, const fpli_yaml_node *node,
                               const char **copy);

#endif

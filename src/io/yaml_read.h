/* From a tree to content, by the field table. Only the shape is checked here: types,
 * required and unknown keys, words, ranges, syntax of ids, dates and the like. What names
 * mean is checked when the model is built. */
#ifndef FPLI_YAML_READ_H
#define FPLI_YAML_READ_H

#include "io/yaml_tree.h"

#include <fahrplan/records.h>

/* What the file is: keys that a file of observations cannot hold are refused in it. */
typedef enum fpli_yaml_role { FPLI_YAML_MODEL, FPLI_YAML_OBSERVATIONS } fpli_yaml_role;

/* Fill *content, whose parts live in `arena`. name: how complaints call the file. */
fpl_status fpli_yaml_to_content(fpli_arena *arena, const fpli_yaml_tree *tree,
                                const char *name, fpli_yaml_role role,
                                fpl_content *content, fpl_error *error);

/* A plain null or ~: the key counts as not stated. */
bool fpli_yaml_is_null(const fpli_yaml_node *node);

#endif

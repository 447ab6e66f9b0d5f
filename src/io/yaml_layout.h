/* The canonical layout of a tree that states a model: the order of the keys, and what
 * each node looks like. By the field table. */
#ifndef FPLI_YAML_LAYOUT_H
#define FPLI_YAML_LAYOUT_H

#include "io/yaml_tree.h"

/* root: a tree whose shape is right (yaml_read.c). */
void fpli_yaml_lay_out(fpli_yaml_node *root);

#endif

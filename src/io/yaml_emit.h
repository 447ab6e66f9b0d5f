/* From a tree to a text: canonical layout, comments kept. The layout of each node says
 * what is wanted (yaml_layout.c); where it cannot be had, the emitter takes the next
 * best: an item that does not fit its line, or that holds comments, is written in block
 * style. */
#ifndef FPLI_YAML_EMIT_H
#define FPLI_YAML_EMIT_H

#include "base/text.h"
#include "io/yaml_tree.h"

enum {
    FPLI_YAML_WIDTH = 100
}; /* characters a line that the emitter tries not to exceed */

/* A scalar on one line, plain if every reader of YAML 1.1 and 1.2 then takes it for what
 * it is. */
void fpli_yaml_put_scalar(fpli_buffer *buffer, const fpli_yaml_node *node, bool in_flow);

/* A node on one line, in flow style, comments left out. */
void fpli_yaml_put_flow(fpli_buffer *buffer, const fpli_yaml_node *node);

/* Let the scalars below a node that stand without quotes stay without quotes: their
 * values belong to others, for whom 1 and "1" may differ. */
void fpli_yaml_keep_style(fpli_yaml_node *node);

/* The whole tree, which must be a map. Lines end with LF. */
void fpli_yaml_emit(fpli_buffer *buffer, const fpli_yaml_node *root);

#endif

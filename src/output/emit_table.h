/* Tables as text. */
#ifndef FPLI_EMIT_TABLE_H
#define FPLI_EMIT_TABLE_H

#include "output/document.h"

typedef enum fpli_style {
    FPLI_STYLE_TONE = 0, /* those of fpl_tone come first */
    FPLI_STYLE_HEAD = 16,
    FPLI_STYLE_RULE
} fpli_style;

/* Begin and end a style (a fpl_tone or a fpli_style); nothing without colours. */
void fpli_put_style(fpli_buffer *out, const fpl_output_options *options, int style);
void fpli_end_style(fpli_buffer *out, const fpl_output_options *options, int style);

void fpli_put_blanks(fpli_buffer *out, int n);

/* Write the columns that are for people, within `width` columns of the terminal, `indent` of them
 * blank. Long texts are wrapped; nothing is cut off. */
fpl_status fpli_emit_table(const fpl_table *table, const fpl_output_options *options,
                           int indent, int width, fpli_buffer *out);

/* Whether any column is for people. */
bool fpli_table_is_visible(const fpl_table *table);

#endif

/* The seam between the table of formats (io.c) and the formats. Each format reads a text
 * and gives a model, and writes a model into a text; it opens no files. */
#ifndef FPLI_IO_H
#define FPLI_IO_H

#include <fahrplan/io.h>

typedef fpl_status fpli_reader(const char *text, size_t size, const char *name,
                               const fpl_load_options *options, fpl_model **model,
                               fpl_error *error);
typedef fpl_status fpli_writer(const fpl_model *model, const fpl_save_options *options,
                               char **text, size_t *size, fpl_error *error);

fpli_reader fpli_yaml_read, fpli_scw_read, fpli_csv_read, fpli_csv_list_read;
fpli_writer fpli_yaml_write, fpli_scw_write, fpli_csv_write, fpli_csv_list_write;

/* The native format from a file: a file of observations is looked for beside `path`. The
 * text is what stands in that file. */
fpl_status fpli_yaml_read_beside(const char *text, size_t size, const char *path,
                                 const fpl_load_options *options, fpl_model **model,
                                 fpl_error *error);

/* Tell the caller of a reader or writer something that is no error, in the language of the
 * error record of that call, `like`, which may be NULL. Give the sentence in lower case and
 * without full stop, as for errors. */
void fpli_tell(fpl_notice notice, void *context, const fpl_error *like, const char *file,
               fpl_mark mark, const char *format, ...) FPL_PRINTF(6, 7);

#endif

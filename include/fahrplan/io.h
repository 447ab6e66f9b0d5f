/* Files <-> models. Every complaint names file, line and column. docs/formats.md. */
#ifndef FAHRPLAN_IO_H
#define FAHRPLAN_IO_H

#include <fahrplan/model.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpl_format {
    FPL_FORMAT_GUESS =
        0,           /* reading: by suffix, then by the first bytes; writing: by suffix */
    FPL_FORMAT_YAML, /* native */
    FPL_FORMAT_SCW,  /* ScenarioWizard project */
    FPL_FORMAT_CSV,  /* square matrix */
    FPL_FORMAT_CSV_LIST, /* one judgement a line */
    FPL_FORMAT_END
} fpl_format;

/* One row of the table of formats. */
typedef struct fpl_format_info {
    fpl_format format;
    const char *name;    /* "yaml", as on the command line */
    const char *suffix;  /* ".fahrplan.yaml" */
    const char *summary; /* English, translatable */
} fpl_format_info;

FPL_API int fpl_format_n(void);
FPL_API const fpl_format_info *fpl_format_get(int index);

/* FPL_FORMAT_GUESS if the name is unknown. */
FPL_API fpl_format fpl_format_by_name(const char *name);

/* What a reader noticed on the way and did not refuse: an encoding taken for granted, a number that
 * was clipped, a name that was empty. */
typedef void (*fpl_notice)(void *context, const fpl_error *notice);

typedef struct fpl_load_options {
    fpl_format format;
    fpl_notice notice; /* NULL: nobody is told */
    void *context;
} fpl_load_options;

/* Limit on the size of an input, and on the nesting of YAML. */
#define FPL_FILE_MAX (256u << 20)
enum { FPL_YAML_DEPTH_MAX = 32 };

/* Load a model from a file; "-" is standard input. A file of observations that the model names is
 * looked for beside it. options may be NULL.
 * Errors: FPL_E_IO, FPL_E_SYNTAX, FPL_E_MODEL, FPL_E_MEMORY, FPL_E_UNSUPPORTED (unknown format). */
FPL_API fpl_status fpl_model_load(const char *path, const fpl_load_options *options,
                                  fpl_model **model, fpl_error *error);

/* The same from memory. name: how complaints call it. No other file is opened: a model that names a
 * file of observations gives FPL_E_UNSUPPORTED. */
FPL_API fpl_status fpl_model_read(const char *text, size_t size, const char *name,
                                  const fpl_load_options *options, fpl_model **model,
                                  fpl_error *error);

typedef struct fpl_save_options {
    fpl_format format;
    char separator;     /* CSV: 0 means ',' */
    bool decimal_comma; /* CSV */
    fpl_notice notice;  /* told what the format cannot hold */
    void *context;
} fpl_save_options;

/* Write a model to a file, atomically: the old file stays until the new one is complete on disk.
 * What the format cannot hold is reported through notice, never dropped silently.
 * Errors: FPL_E_IO, FPL_E_MEMORY, FPL_E_UNSUPPORTED. */
FPL_API fpl_status fpl_model_save(const fpl_model *model, const char *path,
                                  const fpl_save_options *options, fpl_error *error);

/* The same into memory; *text is zero-terminated, yours, release with fpl_string_free. */
FPL_API fpl_status fpl_model_write(const fpl_model *model,
                                   const fpl_save_options *options, char **text,
                                   size_t *size, fpl_error *error);

/* ---- native text, edited in place --------------------------------------------------------- */

/* The canonical layout of a native text. Comments stay with what they stand beside. The model that
 * the text states is the same before and after. Formatting twice changes nothing more. */
FPL_API fpl_status fpl_yaml_format(const char *text, size_t size, const char *name,
                                   char **formatted, size_t *formatted_size,
                                   fpl_error *error);

/* Replace the scores of one judgement group in a native text and nothing else: one line in a diff.
 * A group or section that is not there yet is added at the end of its section or of `impacts`.
 * scores: one for each variant of `to`. Ids as they stand in the file.
 * Errors: FPL_E_MODEL (unknown id), FPL_E_ARGUMENT (n_scores), FPL_E_SYNTAX, FPL_E_MEMORY. */
FPL_API fpl_status fpl_yaml_set_scores(const char *text, size_t size, const char *name,
                                       const char *from, const char *from_variant,
                                       const char *to, const fpl_decimal *scores,
                                       int n_scores, char **edited, size_t *edited_size,
                                       fpl_error *error);

/* Write bytes to a file atomically (temporary file beside it, flushed, renamed). "-" is standard
 * output. */
FPL_API fpl_status fpl_file_write(const char *path, const char *text, size_t size,
                                  fpl_error *error);

/* Read a whole file, at most FPL_FILE_MAX bytes; *text is zero-terminated and yours. */
FPL_API fpl_status fpl_file_read(const char *path, char **text, size_t *size,
                                 fpl_error *error);

#ifdef __cplusplus
}
#endif

#endif

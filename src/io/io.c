/* The table of formats, and loading and saving by it. */
#include "io/io.h"

#include "base/mem.h"
#include "base/status.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct format_row {
    fpl_format_info info;
    const char *begins; /* first bytes of such a text; NULL: any */
    fpli_reader *read;
    fpli_reader
        *read_beside; /* for formats that look for files beside theirs; NULL: as read */
    fpli_writer *write;
} format_row;

/* Guessing takes the first row whose suffix, else whose first bytes fit. */
static const format_row rows[] = {
    {{FPL_FORMAT_YAML, "yaml", ".fahrplan.yaml", "native model"},
     "fahrplan:",
     fpli_yaml_read,
     fpli_yaml_read_beside,
     fpli_yaml_write},
    {{FPL_FORMAT_SCW, "scw", ".scw", "ScenarioWizard project"},
     "$ ScenarioWizard",
     fpli_scw_read,
     NULL,
     fpli_scw_write},
    {{FPL_FORMAT_CSV_LIST, "csv-list", ".list.csv", "table with one judgement a line"},
     "from,from_variant",
     fpli_csv_list_read,
     NULL,
     fpli_csv_list_write},
    {{FPL_FORMAT_CSV, "csv", ".csv", "table with a square matrix"},
     NULL,
     fpli_csv_read,
     NULL,
     fpli_csv_write},
};
enum { N_ROWS = sizeof rows / sizeof *rows };

/* ---- the table --------------------------------------------------------------------- */

int fpl_format_n(void)
{
    return N_ROWS;
}

const fpl_format_info *fpl_format_get(int index)
{
    return index >= 0 && index < N_ROWS ? &rows[index].info : NULL;
}

fpl_format fpl_format_by_name(const char *name)
{
    for (int i = 0; i < N_ROWS; i++)
        if (strcmp(rows[i].info.name, name) == 0) return rows[i].info.format;
    return FPL_FORMAT_GUESS;
}

static const format_row *row_of(fpl_format format)
{
    for (int i = 0; i < N_ROWS; i++)
        if (rows[i].info.format == format) return &rows[i];
    return NULL;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static const format_row *row_by_suffix(const char *name)
{
    for (int i = 0; i < N_ROWS; i++)
        if (ends_with(name, rows[i].info.suffix)) return &rows[i];
    return ends_with(name, ".yaml") || ends_with(name, ".yml") ? row_of(FPL_FORMAT_YAML)
                                                               : NULL;
}

/* The first bytes that say something: behind the byte order mark, empty lines and
 * comments. */
static const char *first_words(const char *text, size_t *size)
{
    const char *end = text + *size;
    if (*size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) text += 3;
    while (text < end && strchr(" \r\n#", *text) != NULL && *text != '\0') {
        const char *newline = *text == '#' ? memchr(text, '\n', (size_t)(end - text))
                                           : text;
        text = newline == NULL ? end : newline + 1;
    }
    *size = (size_t)(end - text);
    return text;
}

static const format_row *row_by_content(const char *text, size_t size)
{
    size_t left = size;
    const char *words = first_words(text, &left);
    for (int i = 0; i < N_ROWS; i++) {
        if (rows[i].begins == NULL) continue;
        size_t length = strlen(rows[i].begins);
        if (left >= length && memcmp(words, rows[i].begins, length) == 0) return &rows[i];
        if (size >= length && memcmp(text, rows[i].begins, length) == 0) return &rows[i];
    }
    return NULL;
}

static fpl_status fail_format(const char *name, fpl_error *error)
{
    fpl_status status = fpli_fail_at(error, FPL_E_UNSUPPORTED, name, (fpl_mark){0},
                                     "cannot tell the format of this file");
    char names[FPL_ERROR_TEXT] = "";
    size_t used = 0;
    for (int i = 0; i < N_ROWS; i++)
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                                 i == 0 ? "" : ", ", rows[i].info.name);
    fpli_note(error, (fpl_mark){0}, "name it; formats are %s", names);
    return status;
}

/* ---- notices ----------------------------------------------------------------------- */

void fpli_tell(fpl_notice notice, void *context, const fpl_error *like, const char *file,
               fpl_mark mark, const char *format, ...)
{
    if (notice == NULL) return;
    fpl_error told = fpli_error_like(like);
    va_list arguments;
    va_start(arguments, format);
    fpli_fail_with(&told, FPL_OK, file, mark, format, arguments);
    va_end(arguments);
    notice(context, &told);
}

/* ---- reading ----------------------------------------------------------------------- */

static const fpl_load_options default_load;

static fpl_status read_model(const char *text, size_t size, const char *name,
                             bool is_file, const fpl_load_options *options,
                             fpl_model **model, fpl_error *error)
{
    if (options == NULL) options = &default_load;
    const format_row *row = row_of(options->format);
    if (options->format == FPL_FORMAT_GUESS) {
        row = row_by_suffix(name);
        if (row == NULL) row = row_by_content(text, size);
    }
    if (row == NULL) return fail_format(name, error);
    fpli_reader *read = is_file && row->read_beside != NULL ? row->read_beside
                                                            : row->read;
    return read(text, size, name, options, model, error);
}

fpl_status fpl_model_read(const char *text, size_t size, const char *name,
                          const fpl_load_options *options, fpl_model **model,
                          fpl_error *error)
{
    if (name == NULL) name = "";
    return read_model(text, size, name, false, options, model, error);
}

fpl_status fpl_model_load(const char *path, const fpl_load_options *options,
                          fpl_model **model, fpl_error *error)
{
    char *text = NULL;
    size_t size = 0;
    fpl_status status = fpl_file_read(path, &text, &size, error);
    if (status != FPL_OK) return status;
    const bool is_file = strcmp(path, "-") != 0;
    status = read_model(text, size, path, is_file, options, model, error);
    fpl_string_free(text);
    return status;
}

/* ---- writing ----------------------------------------------------------------------- */

static const fpl_save_options default_save;

static fpl_status write_model(const fpl_model *model, const fpl_save_options *options,
                              const format_row *row, char **text, size_t *size,
                              fpl_error *error)
{
    size_t ignored;
    return row->write(model, options, text, size == NULL ? &ignored : size, error);
}

fpl_status fpl_model_write(const fpl_model *model, const fpl_save_options *options,
                           char **text, size_t *size, fpl_error *error)
{
    if (options == NULL) options = &default_save;
    const fpl_format format = options->format == FPL_FORMAT_GUESS ? FPL_FORMAT_YAML
                                                                  : options->format;
    const format_row *row = row_of(format);
    if (row == NULL || row->write == NULL) return fail_format("", error);
    return write_model(model, options, row, text, size, error);
}

fpl_status fpl_model_save(const fpl_model *model, const char *path,
                          const fpl_save_options *options, fpl_error *error)
{
    if (options == NULL) options = &default_save;
    const format_row *row = options->format == FPL_FORMAT_GUESS ? row_by_suffix(path)
                                                                : row_of(options->format);
    if (row == NULL || row->write == NULL) return fail_format(path, error);
    char *text = NULL;
    size_t size = 0;
    fpl_status status = write_model(model, options, row, &text, &size, error);
    if (status == FPL_OK) status = fpl_file_write(path, text, size, error);
    fpl_string_free(text);
    return status;
}

/* Runs a folder of inputs that must be refused. With FPL_BLESS set in the environment the
 * messages are written instead of compared; review the difference. */
#include "support/refuse.h"

#include "support/check.h"

#include <dirent.h>

enum { NAMES_MAX = 500, TEXT_MAX = 4096 };

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void message_of(const fpl_error *error, char *text, size_t room)
{
    char place[64] = "", note[FPL_ERROR_TEXT + 16] = "";
    const fpl_mark *mark = &error->mark;
    if (mark->line > 0)
        snprintf(place, sizeof place, ":%d:%d+%d", mark->line, mark->column, mark->width);
    if (error->note[0] != '\0') snprintf(note, sizeof note, "note: %s\n", error->note);
    snprintf(text, room, "%s%s: %s\n%s", error->file, place, error->message, note);
}

static bool write_expected(const char *path, const char *text)
{
    return fpl_file_write(path, text, strlen(text), NULL) == FPL_OK;
}

/* Whether the input is refused as it should be. */
static bool refuse_one(const char *folder, const char *defect, const char *suffix,
                       refuse_reader *read)
{
    char path[TEXT_MAX], name[TEXT_MAX], got[TEXT_MAX];
    char *text = NULL, *expected = NULL;
    size_t size = 0, expected_size = 0;
    fpl_model *model = NULL;
    fpl_error error = {0};
    snprintf(name, sizeof name, "%s%s", defect, suffix);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(fpl_file_read(path, &text, &size, NULL), FPL_OK);
    fpl_status status = read(text, size, name, &model, &error);
    fpl_string_free(text);
    fpl_model_free(model);
    if (status == FPL_OK || status == FPL_E_INTERNAL || error.status != status) {
        fprintf(stderr, "%s: was not refused (%s)\n", defect, fpl_status_text(status));
        return false;
    }
    message_of(&error, got, sizeof got);
    snprintf(path, sizeof path, "%s/%s.expected", folder, defect);
    if (getenv("FPL_BLESS") != NULL) return write_expected(path, got);
    assert_int_equal(fpl_file_read(path, &expected, &expected_size, NULL), FPL_OK);
    const bool same = strcmp(got, expected) == 0;
    if (!same) fprintf(stderr, "%s\n  expected: %s  got:      %s", defect, expected, got);
    fpl_string_free(expected);
    return same;
}

void refuse_all(const char *folder, const char *suffix, refuse_reader *read, int least)
{
    static char names[NAMES_MAX][256];
    char path[TEXT_MAX];
    snprintf(path, sizeof path, "%s/%s", TESTED_SOURCE_DIR, folder);
    DIR *directory = opendir(path);
    assert_non_null(directory);
    int n = 0, wrong = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const char *name = entry->d_name;
        const size_t length = strlen(name), end = strlen(suffix);
        if (length <= end || strcmp(name + length - end, suffix) != 0) continue;
        assert_true(n < NAMES_MAX && length - end < sizeof names[0]);
        memcpy(names[n], name, length - end);
        names[n++][length - end] = '\0';
    }
    closedir(directory);
    qsort(names, (size_t)n, sizeof names[0], compare_names);
    for (int i = 0; i < n; i++) wrong += !refuse_one(path, names[i], suffix, read);
    assert_int_equal(wrong, 0);
    assert_true(n >= least);
}

/* Messages on stderr. One plain sentence, its place, the line it speaks of, and what to do:
 *
 *   fahrplan: error: model.fahrplan.yaml:12:47: variant 'high' is declared twice
 *      12 |     variants: [{id: high}, {id: medium}, {id: high}]
 *         |                                               ^^^^
 *   fahrplan: note: first declared at 12:17; rename one of them */
#include "message.h"

#include "translate.h"

#include <fahrplan/count.h>
#include <fahrplan/io.h>

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_MOST = 96, BEFORE_MOST = 60 };

static bool is_quiet, is_verbose;

void message_setup(bool quiet, bool verbose)
{
    is_quiet = quiet;
    is_verbose = verbose;
}

int exit_code_of(fpl_status status)
{
    switch (status) {
    case FPL_OK: return EXIT_ANSWERED;
    case FPL_E_SYNTAX:
    case FPL_E_MODEL:
    case FPL_E_OVERFLOW:
    case FPL_E_UNSUPPORTED: return EXIT_INPUT;
    case FPL_E_ARGUMENT: return EXIT_MISUSE;
    default: return EXIT_FAULT;
    }
}

fpl_error call_error(void)
{
    fpl_error error = {0};
    error.translate = translate;
    return error;
}

/* Bytes of the character that begins a text, at least 1, and its code: 0 for a byte that is not
 * UTF-8. Columns count such a byte as a character. */
static size_t character(const char *text, size_t size, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)text;
    const unsigned first = bytes[0];
    const size_t length = first < 0x80   ? 1
                          : first < 0xC0 ? 0
                          : first < 0xE0 ? 2
                          : first < 0xF0 ? 3
                                         : 4;
    uint32_t value = length == 1 ? first : first & (0x7Fu >> length);
    bool valid = length > 0 && length <= size && first < 0xF8;
    for (size_t i = 1; i < length && valid; i++) {
        valid = (bytes[i] & 0xC0) == 0x80;
        value = value << 6 | (bytes[i] & 0x3Fu);
    }
    valid = valid && value >= least[length] && value <= 0x10FFFF &&
            (value < 0xD800 || value >= 0xE000);
    if (code != NULL) *code = valid ? value : 0;
    return valid ? length : 1;
}

/* Control characters, marks of direction and bytes that are not UTF-8 never reach the terminal,
 * whether from a file or an argument. */
static bool is_unruly(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C ||
           (code >= 0x200E && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

static void put_plain(const char *text)
{
    size_t size = strlen(text), length;
    for (size_t at = 0; at < size; at += length) {
        uint32_t code;
        length = character(text + at, size - at, &code);
        if (code == '\n' || code == '\t' || code == '\r')
            fputc(' ', stderr);
        else if (is_unruly(code))
            fputc('?', stderr);
        else
            fwrite(text + at, 1, length, stderr);
    }
}

static void put_message(const char *prefix, const char *format, va_list arguments)
{
    char text[2048];
    vsnprintf(text, sizeof text, format, arguments);
    fprintf(stderr, "fahrplan: %s: ", prefix);
    put_plain(text);
    fputc('\n', stderr);
}

#define PUT_MESSAGE(prefix)                                                              \
    do {                                                                                 \
        va_list arguments;                                                               \
        va_start(arguments, format);                                                     \
        put_message(prefix, format, arguments);                                          \
        va_end(arguments);                                                               \
    } while (0)

int message_misuse(const char *format, ...)
{
    PUT_MESSAGE(tr("error"));
    return EXIT_MISUSE;
}

int message_input(const char *format, ...)
{
    PUT_MESSAGE(tr("error"));
    return EXIT_INPUT;
}

void message_note(const char *format, ...)
{
    PUT_MESSAGE(tr("note"));
}

void message_verbose(const char *format, ...)
{
    if (!is_verbose) return;
    va_list arguments;
    va_start(arguments, format);
    fputs("fahrplan: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

/* ---- source lines -------------------------------------------------------------------------- */

static const char *line_start(const char *text, int line)
{
    while (line > 1 && text != NULL) {
        text = strchr(text, '\n');
        if (text != NULL) text++;
        line--;
    }
    return text;
}

static int characters(const char *text, size_t size)
{
    int n = 0;
    for (size_t at = 0; at < size; n++) at += character(text + at, size - at, NULL);
    return n;
}

/* Bytes of the first n characters. */
static size_t bytes_of(const char *text, size_t size, int n)
{
    size_t at = 0;
    for (; at < size && n > 0; n--) at += character(text + at, size - at, NULL);
    return at;
}

/* The line, or the part of a long one around the column, and carets below. */
static void show_line(const char *text, fpl_mark mark)
{
    const char *line = line_start(text, mark.line);
    if (line == NULL || mark.column < 1) return;
    size_t size = strcspn(line, "\r\n");
    int length = characters(line, size), first = 0;
    if (mark.column > length + 1) return;
    if (length > SHOWN_MOST && mark.column > BEFORE_MOST)
        first = mark.column - BEFORE_MOST;
    size_t skipped = bytes_of(line, size, first);
    size_t shown = bytes_of(line + skipped, size - skipped, SHOWN_MOST);
    char *part = calloc(shown + 1, 1);
    if (part == NULL) return;
    memcpy(part, line + skipped, shown);
    fprintf(stderr, "%5d | ", mark.line);
    put_plain(part);
    fprintf(stderr, "\n      | %*s", mark.column - 1 - first, "");
    int room = characters(part, shown) - (mark.column - 1 - first);
    int width = mark.width < 1 ? 1 : mark.width > room && room > 0 ? room : mark.width;
    for (int i = 0; i < width; i++) fputc('^', stderr);
    fputc('\n', stderr);
    free(part);
}

static void show_source(const fpl_error *error, const char *source)
{
    if (error->mark.line < 1) return;
    if (source != NULL) {
        show_line(source, error->mark);
        return;
    }
    char *text = NULL;
    size_t size = 0;
    if (error->file[0] == '\0' || strcmp(error->file, "-") == 0) return;
    if (fpl_file_read(error->file, &text, &size, NULL) != FPL_OK) return;
    show_line(text, error->mark);
    fpl_string_free(text);
}

static void show(const char *prefix, const fpl_error *error, const char *source)
{
    fprintf(stderr, "fahrplan: %s: ", prefix);
    if (error->file[0] != '\0') {
        put_plain(error->file);
        if (error->mark.line > 0)
            fprintf(stderr, ":%d:%d", error->mark.line, error->mark.column);
        fputs(": ", stderr);
    }
    put_plain(error->message[0] != '\0' ? error->message
                                        : tr(fpl_status_text(error->status)));
    fputc('\n', stderr);
    show_source(error, source);
    if (error->note[0] == '\0') return;
    fprintf(stderr, "fahrplan: %s: ", tr("note"));
    put_plain(error->note);
    fputc('\n', stderr);
}

int message_error(const fpl_error *error, const char *source)
{
    show(tr("error"), error, source);
    return exit_code_of(error->status);
}

void message_notice(void *context, const fpl_error *notice)
{
    if (!is_quiet) show(tr("notice"), notice, context);
}

/* ---- nearest names ------------------------------------------------------------------------- */

enum { NAME_MOST = 64 };

/* Edit distance; a change of case costs half as much as another edit. */
static int distance(const char *a, const char *b)
{
    int row[NAME_MOST + 1], n = (int)strlen(a), m = (int)strlen(b);
    if (n > NAME_MOST || m > NAME_MOST) return 1000;
    for (int j = 0; j <= m; j++) row[j] = 2 * j;
    for (int i = 1; i <= n; i++) {
        int diagonal = row[0];
        row[0] = 2 * i;
        for (int j = 1; j <= m; j++) {
            int alike = tolower((unsigned char)a[i - 1]) ==
                        tolower((unsigned char)b[j - 1]);
            int best = diagonal + (a[i - 1] == b[j - 1] ? 0 : alike ? 1 : 2);
            if (row[j] + 2 < best) best = row[j] + 2;
            if (row[j - 1] + 2 < best) best = row[j - 1] + 2;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[m];
}

int nearest_name(const char *written, const char *(*name)(const void *context, int i),
                 const void *context, int n)
{
    int best = -1, least = 2 + (int)strlen(written);
    for (int i = 0; i < n; i++) {
        int d = distance(written, name(context, i));
        if (d < least) {
            least = d;
            best = i;
        }
    }
    return best;
}

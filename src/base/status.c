/* Status codes and the error record. Sentences that do not fit are cut between characters. */
#include "base/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const fpl_mark fpli_start = {.line = 1, .column = 1, .width = 1};

const char *fpl_status_text(fpl_status status)
{
    static const char *const texts[FPL_STATUS_END] = {
        [FPL_OK] = N_("no error"),
        [FPL_E_SYNTAX] = N_("bad syntax"),
        [FPL_E_MODEL] = N_("inadmissible model"),
        [FPL_E_ARGUMENT] = N_("bad argument"),
        [FPL_E_MEMORY] = N_("no memory"),
        [FPL_E_IO] = N_("cannot read or write"),
        [FPL_E_OVERFLOW] = N_("number too large"),
        [FPL_E_UNSUPPORTED] = N_("unsupported"),
        [FPL_E_INTERNAL] = N_("internal fault"),
    };
    return (unsigned)status < FPL_STATUS_END ? texts[status] : N_("unknown status");
}

void fpli_broken(const char *condition, const char *file, int line)
{
    fprintf(stderr, "fahrplan: internal fault: %s does not hold (%s:%d)\n", condition,
            file, line);
    abort();
}

/* A cut may have split a multi-byte character: drop its head. */
static void end_between_characters(char *text, size_t size)
{
    size_t length = strlen(text);
    if (length + 1 < size) return;
    while (length > 0 && ((unsigned char)text[length - 1] & 0xC0) == 0x80) length--;
    if (length > 0 && ((unsigned char)text[length - 1] & 0x80) != 0) length--;
    text[length] = '\0';
}

const char *fpli_translated(const fpl_error *error, const char *text)
{
    if (error == NULL || error->translate == NULL || *text == '\0') return text;
    return error->translate(error->translate_context, text);
}

fpl_error fpli_error_like(const fpl_error *error)
{
    fpl_error fresh;
    memset(&fresh, 0, sizeof fresh);
    if (error != NULL) {
        fresh.translate = error->translate;
        fresh.translate_context = error->translate_context;
    }
    return fresh;
}

void fpli_sentence(const fpl_error *error, char text[FPL_ERROR_TEXT], const char *format,
                   va_list arguments)
{
    vsnprintf(text, FPL_ERROR_TEXT, fpli_translated(error, format), arguments);
    end_between_characters(text, FPL_ERROR_TEXT);
}

fpl_status fpli_fail_with(fpl_error *error, fpl_status status, const char *file,
                          fpl_mark mark, const char *format, va_list arguments)
{
    if (error == NULL) return status;
    fpl_error fresh = fpli_error_like(
        error); /* arguments may point into the old record */
    fresh.status = status;
    fresh.mark = mark;
    fpli_sentence(error, fresh.message, format, arguments);
    if (file != NULL) snprintf(fresh.file, sizeof fresh.file, "%s", file);
    end_between_characters(fresh.file, sizeof fresh.file);
    *error = fresh;
    return status;
}

fpl_status fpli_fail(fpl_error *error, fpl_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fpli_fail_with(error, status, NULL, (fpl_mark){0}, format, arguments);
    va_end(arguments);
    return status;
}

fpl_status fpli_fail_at(fpl_error *error, fpl_status status, const char *file,
                        fpl_mark mark, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fpli_fail_with(error, status, file, mark, format, arguments);
    va_end(arguments);
    return status;
}

void fpli_note(fpl_error *error, fpl_mark mark, const char *format, ...)
{
    if (error == NULL) return;
    va_list arguments;
    va_start(arguments, format);
    fpli_sentence(error, error->note, format, arguments);
    va_end(arguments);
    error->note_mark = mark;
}

fpl_status fpli_no_memory(fpl_error *error)
{
    return fpli_fail(error, FPL_E_MEMORY, "no memory");
}

/* Status codes and the error record. Sentences that do not fit are cut between characters. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *fpl_status_text(fpl_status status)
{
    static const char *const texts[FPL_STATUS_END] = {
        [FPL_OK] = "no error",
        [FPL_E_SYNTAX] = "bad syntax",
        [FPL_E_MODEL] = "inadmissible model",
        [FPL_E_ARGUMENT] = "bad argument",
        [FPL_E_MEMORY] = "no memory",
        [FPL_E_IO] = "cannot read or write",
        [FPL_E_OVERFLOW] = "number too large",
        [FPL_E_UNSUPPORTED] = "unsupported",
        [FPL_E_INTERNAL] = "internal fault",
    };
    return (unsigned)status < FPL_STATUS_END ? texts[status] : "unknown status";
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

static void format_into(char *text, const char *format, va_list arguments)
{
    vsnprintf(text, FPL_ERROR_TEXT, format, arguments);
    end_between_characters(text, FPL_ERROR_TEXT);
}

fpl_status fpli_fail(fpl_error *error, fpl_status status, const char *format, ...)
{
    if (error == NULL) return status;
    char message[FPL_ERROR_TEXT]; /* arguments may point into the old record */
    va_list arguments;
    va_start(arguments, format);
    format_into(message, format, arguments);
    va_end(arguments);
    memset(error, 0, sizeof *error);
    error->status = status;
    memcpy(error->message, message, sizeof message);
    return status;
}

fpl_status fpli_fail_at(fpl_error *error, fpl_status status, const char *file,
                        fpl_mark mark, const char *format, ...)
{
    if (error == NULL) return status;
    char message[FPL_ERROR_TEXT];
    va_list arguments;
    va_start(arguments, format);
    format_into(message, format, arguments);
    va_end(arguments);
    fpli_fail(error, status, "%s", message);
    if (file != NULL) snprintf(error->file, sizeof error->file, "%s", file);
    end_between_characters(error->file, sizeof error->file);
    error->mark = mark;
    return status;
}

void fpli_note(fpl_error *error, fpl_mark mark, const char *format, ...)
{
    if (error == NULL) return;
    va_list arguments;
    va_start(arguments, format);
    format_into(error->note, format, arguments);
    va_end(arguments);
    error->note_mark = mark;
}

fpl_status fpli_no_memory(fpl_error *error)
{
    return fpli_fail(error, FPL_E_MEMORY, "no memory");
}

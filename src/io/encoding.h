/* Texts of other programs: from their encoding to UTF-8 and back. */
#ifndef FPLI_ENCODING_H
#define FPLI_ENCODING_H

#include "base/text.h"

typedef enum fpli_encoding {
    FPLI_UTF_8,
    FPLI_WINDOWS_1252,
    FPLI_UTF_16_LE,
    FPLI_UTF_16_BE
} fpli_encoding;

/* A text in UTF-8 and what it was before. */
typedef struct fpli_decoded {
    char *text; /* zero-terminated, without byte order mark; release with fpli_free */
    size_t size;
    fpli_encoding encoding;
    bool has_mark; /* a byte order mark stood before it */
} fpli_decoded;

/* A byte order mark decides; else the text is UTF-8 if it is valid UTF-8, else
 * Windows-1252. name: how complaints call the text. Errors: FPL_E_SYNTAX (a zero, half a
 * character of UTF-16), FPL_E_MEMORY. */
fpl_status fpli_decode(const char *bytes, size_t size, const char *name,
                       fpli_decoded *decoded, fpl_error *error);

/* The name of an encoding ("windows-1252"), and the way back; false if the name is
 * unknown. */
const char *fpli_encoding_name(fpli_encoding encoding);
bool fpli_encoding_by_name(const char *name, fpli_encoding *encoding);

/* Append a valid UTF-8 text in Windows-1252. False, and nothing appended, if it has a
 * character that Windows-1252 lacks; *missing is its code then. */
bool fpli_put_windows_1252(fpli_buffer *buffer, const char *text, size_t size,
                           uint32_t *missing);

/* The place of a byte in a UTF-8 text; width characters are concerned. */
fpl_mark fpli_mark_at(const char *text, size_t offset, int width);

#endif

/* Texts: UTF-8, growing buffers, nearest names. */
#ifndef FPLI_TEXT_H
#define FPLI_TEXT_H

#include <fahrplan/status.h>

/* Marks a message for translators. */
#define N_(message) message

/* A growing zero-terminated text. Zero-filled is empty. Once an append has failed the buffer is
 * `broken` and ignores further appends, so that writers check once at the end. */
typedef struct fpli_buffer {
    char *text;
    size_t size; /* without the final zero */
    size_t capacity;
    bool broken;
} fpli_buffer;

void fpli_put(fpli_buffer *buffer, const char *text);
void fpli_put_bytes(fpli_buffer *buffer, const char *bytes, size_t size);
void fpli_putf(fpli_buffer *buffer, const char *format, ...) FPL_PRINTF(2, 3);
void fpli_buffer_clear(fpli_buffer *buffer);

/* Hand the text over (never NULL on success); the buffer is empty afterwards. FPL_E_MEMORY if
 * broken. */
fpl_status fpli_buffer_take(fpli_buffer *buffer, char **text, size_t *size,
                            fpl_error *error);

/* Number of bytes of the character at text (1..4), 0 if it is not valid UTF-8 (overlong forms,
 * surrogates and beyond U+10FFFF are not). code may be NULL. */
int fpli_utf8_next(const char *text, size_t size, uint32_t *code);

/* Byte offset of the first invalid sequence, or size if all is valid. */
size_t fpli_utf8_check(const char *text, size_t size);

/* Characters in a valid UTF-8 text. */
size_t fpli_utf8_length(const char *text, size_t size);

/* Append the UTF-8 form of a code point. */
void fpli_put_code(fpli_buffer *buffer, uint32_t code);

/* Which of n names is nearest to what was written (edit distance, upper and lower case count half),
 * or -1 if none is near enough to be meant. name(context, i) gives the names; it may return NULL. */
int fpli_nearest(const char *written, const char *(*name)(const void *context, int i),
                 const void *context, int n);

#endif

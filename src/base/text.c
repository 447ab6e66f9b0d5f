/* Texts: buffers that break instead of failing, UTF-8, and the name that was probably meant. */
#include "base/text.h"

#include "base/mem.h"
#include "base/status.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void fpli_put_bytes(fpli_buffer *buffer, const char *bytes, size_t size)
{
    if (buffer->broken) return;
    if (size > SIZE_MAX / 4 - buffer->size) {
        buffer->broken = true;
        return;
    }
    size_t wanted = buffer->size + size + 1;
    if (wanted > buffer->capacity) {
        size_t capacity = wanted < 64 ? 64 : wanted + wanted / 2;
        char *grown = fpli_resize(buffer->text, capacity, 1);
        if (grown == NULL) {
            buffer->broken = true;
            return;
        }
        buffer->text = grown;
        buffer->capacity = capacity;
    }
    if (size > 0) memcpy(buffer->text + buffer->size, bytes, size);
    buffer->size += size;
    buffer->text[buffer->size] = '\0';
}

void fpli_put(fpli_buffer *buffer, const char *text)
{
    fpli_put_bytes(buffer, text, strlen(text));
}

void fpli_putf(fpli_buffer *buffer, const char *format, ...)
{
    char small[256];
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(small, sizeof small, format, arguments);
    va_end(arguments);
    if (length < 0) {
        buffer->broken = true;
    } else if ((size_t)length < sizeof small) {
        fpli_put_bytes(buffer, small, (size_t)length);
    } else {
        char *large = fpli_new((size_t)length + 1, 1);
        if (large == NULL) {
            buffer->broken = true;
        } else {
            vsnprintf(large, (size_t)length + 1, format, again);
            fpli_put_bytes(buffer, large, (size_t)length);
            fpli_free(large);
        }
    }
    va_end(again);
}

void fpli_buffer_clear(fpli_buffer *buffer)
{
    fpli_free(buffer->text);
    memset(buffer, 0, sizeof *buffer);
}

fpl_status fpli_buffer_take(fpli_buffer *buffer, char **text, size_t *size,
                            fpl_error *error)
{
    fpli_put_bytes(buffer, "", 0); /* an empty text is a text */
    if (buffer->broken) {
        fpli_buffer_clear(buffer);
        return fpli_no_memory(error);
    }
    *text = buffer->text;
    if (size != NULL) *size = buffer->size;
    memset(buffer, 0, sizeof *buffer);
    return FPL_OK;
}

int fpli_utf8_next(const char *text, size_t size, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (size == 0) return 0;
    const unsigned char *bytes = (const unsigned char *)text;
    int length = bytes[0] < 0x80             ? 1
                 : (bytes[0] & 0xE0) == 0xC0 ? 2
                 : (bytes[0] & 0xF0) == 0xE0 ? 3
                 : (bytes[0] & 0xF8) == 0xF0 ? 4
                                             : 0;
    if (length == 0 || (size_t)length > size) return 0;
    uint32_t value = length == 1 ? bytes[0] : bytes[0] & (0x7Fu >> length);
    for (int i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return 0;
        value = value << 6 | (bytes[i] & 0x3Fu);
    }
    if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
        return 0;
    if (code != NULL) *code = value;
    return length;
}

size_t fpli_utf8_check(const char *text, size_t size)
{
    size_t at = 0;
    while (at < size) {
        int length = fpli_utf8_next(text + at, size - at, NULL);
        if (length == 0) return at;
        at += (size_t)length;
    }
    return size;
}

size_t fpli_utf8_length(const char *text, size_t size)
{
    size_t length = 0;
    for (size_t i = 0; i < size; i++) length += ((unsigned char)text[i] & 0xC0) != 0x80;
    return length;
}

void fpli_put_code(fpli_buffer *buffer, uint32_t code)
{
    char bytes[4];
    size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (size == 1) {
        bytes[0] = (char)code;
    } else {
        for (size_t i = size - 1; i > 0; i--, code >>= 6)
            bytes[i] = (char)(0x80 | (code & 0x3F));
        bytes[0] = (char)((0xF00u >> size & 0xFF) | code);
    }
    fpli_put_bytes(buffer, bytes, size);
}

enum { NAME_MAX_COMPARED = 64 };

/* Edit distance in half steps: a change of case costs 1, any other edit 2. */
static int distance(const char *a, const char *b)
{
    int row[NAME_MAX_COMPARED + 1];
    int n = (int)strlen(a), m = (int)strlen(b);
    if (n > NAME_MAX_COMPARED || m > NAME_MAX_COMPARED) return 1000;
    for (int j = 0; j <= m; j++) row[j] = 2 * j;
    for (int i = 1; i <= n; i++) {
        int diagonal = row[0];
        row[0] = 2 * i;
        for (int j = 1; j <= m; j++) {
            int same = a[i - 1] == b[j - 1];
            int alike = tolower((unsigned char)a[i - 1]) ==
                        tolower((unsigned char)b[j - 1]);
            int best = diagonal + (same ? 0 : alike ? 1 : 2);
            if (row[j] + 2 < best) best = row[j] + 2;
            if (row[j - 1] + 2 < best) best = row[j - 1] + 2;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[m];
}

int fpli_nearest(const char *written, const char *(*name)(const void *context, int i),
                 const void *context, int n)
{
    int best = -1;
    int least = 2 + (int)strlen(written); /* half the letters wrong: nobody meant that */
    for (int i = 0; i < n; i++) {
        const char *candidate = name(context, i);
        if (candidate == NULL) continue;
        int d = distance(written, candidate);
        if (d < least) {
            least = d;
            best = i;
        }
    }
    return best;
}

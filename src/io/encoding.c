/* Encodings. Windows-1252 is Latin-1 but for 0x80..0x9F; the five bytes there that have
 * no character stand for themselves (as on the web), so that every text comes back byte
 * for byte. */
#include "io/encoding.h"

#include "base/mem.h"
#include "base/status.h"

#include <string.h>

static const uint16_t upper_controls[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

static const char *const names[] = {
    [FPLI_UTF_8] = "utf-8",
    [FPLI_WINDOWS_1252] = "windows-1252",
    [FPLI_UTF_16_LE] = "utf-16-le",
    [FPLI_UTF_16_BE] = "utf-16-be",
};

const char *fpli_encoding_name(fpli_encoding encoding)
{
    return names[encoding];
}

bool fpli_encoding_by_name(const char *name, fpli_encoding *encoding)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) {
            *encoding = (fpli_encoding)i;
            return true;
        }
    return false;
}

fpl_mark fpli_mark_at(const char *text, size_t offset, int width)
{
    fpl_mark mark = {.line = 1, .column = 1, .width = width};
    for (size_t i = 0; i < offset; i++) {
        if (text[i] == '\n') {
            mark.line++;
            mark.column = 1;
        } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
            mark.column++;
        }
    }
    return mark;
}

/* ---- Windows-1252
 * ------------------------------------------------------------------------ */

static void put_decoded_1252(fpli_buffer *buffer, const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        const bool moved = bytes[i] >= 0x80 && bytes[i] < 0xA0;
        fpli_put_code(buffer, moved ? upper_controls[bytes[i] - 0x80] : bytes[i]);
    }
}

/* The byte of a code; -1 if there is none. */
static int byte_of(uint32_t code)
{
    if (code < 0x80 || (code >= 0xA0 && code <= 0xFF)) return (int)code;
    for (int i = 0; i < 32; i++)
        if (upper_controls[i] == code) return 0x80 + i;
    return -1;
}

bool fpli_put_windows_1252(fpli_buffer *buffer, const char *text, size_t size,
                           uint32_t *missing)
{
    const size_t before = buffer->size;
    for (size_t at = 0; at < size && !buffer->broken;) {
        uint32_t code = 0;
        at += (size_t)fpli_utf8_next(text + at, size - at, &code);
        const int byte = byte_of(code);
        if (byte < 0) {
            *missing = code;
            buffer->size = before;
            if (buffer->text != NULL) buffer->text[before] = '\0';
            return false;
        }
        const char c = (char)byte;
        fpli_put_bytes(buffer, &c, 1);
    }
    return true;
}

/* ---- UTF-16
 * ------------------------------------------------------------------------------ */

static uint32_t unit(const unsigned char *bytes, bool big)
{
    return big ? (uint32_t)(bytes[0] << 8 | bytes[1])
               : (uint32_t)(bytes[1] << 8 | bytes[0]);
}

/* False where half a character stands; what came before is in the buffer. */
static bool put_decoded_16(fpli_buffer *buffer, const unsigned char *bytes, size_t size,
                           bool big)
{
    for (size_t at = 0; at < size;) {
        if (size - at < 2) return false;
        uint32_t code = unit(bytes + at, big);
        at += 2;
        if (code >= 0xDC00 && code < 0xE000) return false;
        if (code >= 0xD800 && code < 0xDC00) {
            const uint32_t low = size - at < 2 ? 0 : unit(bytes + at, big);
            if (low < 0xDC00 || low >= 0xE000) return false;
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            at += 2;
        }
        fpli_put_code(buffer, code);
    }
    return true;
}

/* ---- any
 * --------------------------------------------------------------------------------- */

static size_t detect(const char *bytes, size_t size, fpli_decoded *decoded)
{
    decoded->has_mark = true;
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        const bool valid = fpli_utf8_check(bytes, size) == size;
        decoded->encoding = valid ? FPLI_UTF_8 : FPLI_WINDOWS_1252;
        decoded->has_mark = valid;
        return valid ? 3 : 0;
    }
    if (size >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0) {
        decoded->encoding = FPLI_UTF_16_LE;
        return 2;
    }
    if (size >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0) {
        decoded->encoding = FPLI_UTF_16_BE;
        return 2;
    }
    decoded->has_mark = false;
    decoded->encoding = fpli_utf8_check(bytes, size) == size ? FPLI_UTF_8
                                                             : FPLI_WINDOWS_1252;
    return 0;
}

fpl_status fpli_decode(const char *bytes, size_t size, const char *name,
                       fpli_decoded *decoded, fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_decoded d = {0};
    fpli_buffer buffer = {0};
    const size_t skipped = detect(bytes, size, &d);
    const unsigned char *rest = (const unsigned char *)bytes + skipped;
    bool whole = true;
    if (d.encoding == FPLI_UTF_8)
        fpli_put_bytes(&buffer, bytes + skipped, size - skipped);
    else if (d.encoding == FPLI_WINDOWS_1252)
        put_decoded_1252(&buffer, rest, size - skipped);
    else
        whole = put_decoded_16(&buffer, rest, size - skipped,
                               d.encoding == FPLI_UTF_16_BE);
    FPL_TRY(fpli_buffer_take(&buffer, &d.text, &d.size, error));
    const char *zero = memchr(d.text, '\0', d.size);
    if (zero != NULL)
        FPL_TRY(fpli_fail_at(error, FPL_E_SYNTAX, name,
                             fpli_mark_at(d.text, (size_t)(zero - d.text), 1),
                             "a zero byte stands here; this is no text"));
    if (!whole)
        FPL_TRY(fpli_fail_at(error, FPL_E_SYNTAX, name, fpli_mark_at(d.text, d.size, 1),
                             "half a character of UTF-16 stands here"));
    *decoded = d;
    d.text = NULL;
out:
    fpli_free(d.text);
    return status;
}

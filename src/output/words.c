/* Wording. Signs beyond ASCII have a plain counterpart in ASCII output. */
#include "output/words.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NARROW_BLANK "\xE2\x80\xAF" /* U+202F, does not break */
#define MINUS        "\xE2\x88\x92" /* U+2212 */

const char *fpli_tr(const fpl_output_options *words, const char *message)
{
    if (words == NULL || words->translate == NULL) return message;
    return words->translate(words->context, message);
}

const char *fpli_language(const fpl_output_options *words)
{
    return words == NULL || words->language == NULL ? "en" : words->language;
}

static bool is_german(const fpl_output_options *words)
{
    return strncmp(fpli_language(words), "de", 2) == 0;
}

void fpli_sayf(fpl_section *section, const char *format, ...)
{
    char small[512];
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(small, sizeof small, format, arguments);
    va_end(arguments);
    if (length >= 0 && (size_t)length < sizeof small) {
        fpl_section_say(section, small);
    } else if (length >= 0) {
        char *large = fpli_new((size_t)length + 1, 1);
        if (large != NULL) {
            vsnprintf(large, (size_t)length + 1, format, again);
            fpl_section_say(section, large);
        } else if (section != NULL) {
            section->document->status = FPL_E_MEMORY;
        }
        fpli_free(large);
    }
    va_end(again);
}

/* ---- numbers ------------------------------------------------------------------------------- */

void fpli_put_digits(fpli_buffer *buffer, const char *digits, bool ascii)
{
    size_t n = strspn(digits, "0123456789");
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0) fpli_put(buffer, ascii ? " " : NARROW_BLANK);
        fpli_put_bytes(buffer, digits + i, 1);
    }
    fpli_put(buffer, digits + n);
}

static void put_signed(fpli_buffer *buffer, const char *number,
                       const fpl_output_options *words)
{
    bool ascii = words != NULL && words->ascii;
    if (*number == '-') {
        fpli_put(buffer, ascii ? "-" : MINUS);
        number++;
    }
    char shown[64];
    snprintf(shown, sizeof shown, "%s", number);
    for (char *c = shown; *c != '\0'; c++) {
        if (*c == '.' || *c == ',') *c = is_german(words) ? ',' : '.';
    }
    fpli_put_digits(buffer, shown, ascii);
}

static void put_integer(fpli_buffer *buffer, int64_t value,
                        const fpl_output_options *words)
{
    char number[64];
    snprintf(number, sizeof number, "%" PRId64, value);
    put_signed(buffer, number, words);
}

static void put_real(fpli_buffer *buffer, double value, const fpl_output_options *words)
{
    char number[64];
    snprintf(number, sizeof number, "%.6g", value);
    put_signed(buffer, number, words);
}

/* A buffer's text, kept in the document. */
static const char *kept(fpl_document *document, fpli_buffer *buffer)
{
    fpli_put(buffer, "");
    const char *text = buffer->broken ? "" : fpli_textf(document, "%s", buffer->text);
    if (buffer->broken && document != NULL) document->status = FPL_E_MEMORY;
    fpli_buffer_clear(buffer);
    return text;
}

const char *fpli_count_words(fpl_document *document, const fpl_output_options *words,
                             const fpl_count *count)
{
    fpli_buffer buffer = {0};
    char *digits = NULL;
    if (fpl_count_digits(count, &digits) != FPL_OK)
        buffer.broken = true;
    else
        fpli_put_digits(&buffer, digits, words != NULL && words->ascii);
    fpl_string_free(digits);
    return kept(document, &buffer);
}

const char *fpli_number_words(fpl_document *document, const fpl_output_options *words,
                              uint64_t number)
{
    fpli_buffer buffer = {0};
    char digits[32];
    snprintf(digits, sizeof digits, "%" PRIu64, number);
    fpli_put_digits(&buffer, digits, words != NULL && words->ascii);
    return kept(document, &buffer);
}

const char *fpli_tr_counted(const fpl_output_options *words, const char *number,
                            const char *one, const char *many)
{
    return fpli_tr(words, strcmp(number, "1") == 0 ? one : many);
}

const char *fpli_counted(fpl_document *document, const fpl_output_options *words,
                         uint64_t number, const char *one, const char *many)
{
    const char *digits = fpli_number_words(document, words, number);
    return fpli_textf(document, fpli_tr_counted(words, digits, one, many), digits);
}

const char *fpli_points(fpl_document *document, const fpl_output_options *words,
                        int64_t value, int denominator, bool with_sign)
{
    fpli_buffer buffer = {0};
    if (with_sign && value > 0) fpli_put(&buffer, "+");
    if (denominator <= 1 || value % denominator == 0)
        put_integer(&buffer, denominator <= 1 ? value : value / denominator, words);
    else
        put_real(&buffer, (double)value / denominator, words);
    return kept(document, &buffer);
}

/* ---- values -------------------------------------------------------------------------------- */

/* Marks that change the direction of writing, and separators of lines: no name needs them, and they
 * would let one reorder or split what stands beside it. */
static bool is_unruly(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C ||
           (code >= 0x200E && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

void fpli_put_plain(fpli_buffer *buffer, const char *text, bool ascii)
{
    size_t size = strlen(text);
    for (size_t at = 0; at < size;) {
        uint32_t code = 0;
        int length = fpli_utf8_next(text + at, size - at, &code);
        if (length == 0) {
            fpli_put(buffer, ascii ? "?" : "\xEF\xBF\xBD");
            length = 1;
        } else if (code == '\t' || code == '\n' || code == '\r') {
            fpli_put(buffer, " ");
        } else if (!is_unruly(code)) {
            fpli_put_bytes(buffer, text + at, (size_t)length);
        }
        at += (size_t)length;
    }
}

void fpli_put_words(fpli_buffer *buffer, const fpl_value *value,
                    const fpl_output_options *options)
{
    bool ascii = options != NULL && options->ascii;
    if (value == NULL) return;
    if (value->wording != NULL) {
        fpli_put_plain(buffer, value->wording, ascii);
        return;
    }
    switch (value->kind) {
    case FPLI_VALUE_NULL: fpli_put(buffer, ascii ? "-" : "\xE2\x80\x93"); break;
    case FPLI_VALUE_BOOL:
        fpli_put(buffer, fpli_tr(options, value->integer ? N_("yes") : N_("no")));
        break;
    case FPLI_VALUE_INT: put_integer(buffer, value->integer, options); break;
    case FPLI_VALUE_FRACTION:
        put_real(buffer, (double)value->integer / value->denominator, options);
        break;
    case FPLI_VALUE_REAL: put_real(buffer, value->real, options); break;
    case FPLI_VALUE_TEXT: fpli_put_plain(buffer, value->text, ascii); break;
    case FPLI_VALUE_COUNT: fpli_put_digits(buffer, value->text, ascii); break;
    case FPLI_VALUE_LIST:
    case FPLI_VALUE_MAP:
        for (int i = 0; i < value->n; i++) {
            if (i > 0) fpli_put(buffer, ", ");
            if (value->kind == FPLI_VALUE_MAP) fpli_putf(buffer, "%s=", value->keys[i]);
            fpli_put_words(buffer, value->items[i], options);
        }
        break;
    }
}

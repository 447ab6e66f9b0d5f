/* Widths and line breaks. The ranges are those of Unicode 15, coarsened to what names of descriptors
 * may contain. */
#include "output/width.h"

#include "base/text.h"

#include <string.h>

typedef struct range {
    uint32_t first, last;
} range;

static const range no_width[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF},
    {0x05C1, 0x05C2}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670},
    {0x06D6, 0x06DC}, {0x0900, 0x0902}, {0x093C, 0x093C}, {0x0941, 0x0948},
    {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x2060, 0x2064}, {0x20D0, 0x20F0},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};

static const range double_width[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97C},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF},
    {0x20000, 0x3FFFD},
};

static bool is_in(const range *ranges, size_t n, uint32_t code)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && code >= ranges[low].first;
}

int fpli_char_width(uint32_t code)
{
    if (code < 0x300) return 1;
    if (is_in(no_width, sizeof no_width / sizeof *no_width, code)) return 0;
    return is_in(double_width, sizeof double_width / sizeof *double_width, code) ? 2 : 1;
}

int fpli_width_n(const char *text, size_t size)
{
    int width = 0;
    for (size_t at = 0; at < size;) {
        uint32_t code = 0xFFFD;
        int length = fpli_utf8_next(text + at, size - at, &code);
        width += fpli_char_width(code);
        at += length == 0 ? 1 : (size_t)length;
    }
    return width;
}

int fpli_width(const char *text)
{
    return fpli_width_n(text, strlen(text));
}

static bool is_letter(char c)
{
    unsigned char u = (unsigned char)c;
    return (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z') || u >= 0x80;
}

/* Bytes up to the next place where a line may break: a blank, or behind a hyphen or slash between
 * letters. The blank itself does not count. */
static size_t piece(const char *text)
{
    size_t at = 0;
    for (; text[at] != '\0' && text[at] != ' '; at++) {
        bool joins = (text[at] == '-' || text[at] == '/') && at > 0;
        if (joins && is_letter(text[at - 1]) && is_letter(text[at + 1])) return at + 1;
    }
    return at;
}

int fpli_longest_word(const char *text)
{
    int longest = 0;
    while (*text != '\0') {
        while (*text == ' ') text++;
        size_t size = piece(text);
        int width = fpli_width_n(text, size);
        if (width > longest) longest = width;
        text += size;
    }
    return longest;
}

/* Bytes of text that fit into width columns: whole characters with their combining marks. */
static size_t fitting(const char *text, int width)
{
    size_t at = 0, size = strlen(text);
    while (at < size) {
        uint32_t code = 0xFFFD;
        int length = fpli_utf8_next(text + at, size - at, &code);
        width -= fpli_char_width(code);
        if (width < 0) break;
        at += length == 0 ? 1 : (size_t)length;
    }
    if (at == 0 &&
        size > 0) { /* a wide character in a narrow column: rather too wide than never */
        int length = fpli_utf8_next(text, size, NULL);
        at = length == 0 ? 1 : (size_t)length;
    }
    return at;
}

bool fpli_next_line(const char **rest, int width, fpli_line *line)
{
    const char *text = *rest;
    while (*text == ' ') text++;
    if (*text == '\0') return false;
    size_t taken = 0;
    for (size_t at = 0;;) {
        size_t blanks = strspn(text + at, " "), size = piece(text + at + blanks);
        if (size == 0 || fpli_width_n(text, at + blanks + size) > width) break;
        at += blanks + size;
        taken = at;
    }
    line->text = text;
    line->hyphen = false;
    if (taken == 0) { /* the first word alone is too long */
        taken = fitting(text, width > 1 ? width - 1 : width);
        line->hyphen = width > 1 && is_letter(text[taken - 1]);
        if (!line->hyphen) taken = fitting(text, width);
    }
    line->size = taken;
    *rest = text + taken;
    return true;
}

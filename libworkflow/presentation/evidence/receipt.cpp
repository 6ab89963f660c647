#include "receipt.hpp"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>
#include <ostream>
#include <stdexcept>

#include "../../base/markup.hpp"
#include "../../crypto/digest.hpp"
#include "../../crypto/signature.hpp"
#include "../../trail/checkpoint.hpp"
#include "proof.hpp"

namespace workflow::presentation {

namespace {

constexpr const char* receipt_style = R"(
body { font: 11pt/1.5 "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  max-width: 40em; margin: 2em auto; padding: 0 1em; color: #1a1a1a; }
h1 { font-size: 1.4em; margin-bottom: 0; } th { text-align: left; padding-right: 1em;
  vertical-align: top; white-space: nowrap; } td { word-break: break-all; }
svg { width: 14em; height: 14em; margin: 1em 0; } code, pre { font: 8pt/1.4 monospace; }
pre { white-space: pre-wrap; word-break: break-all; color: #555; }
@media print { body { margin: 0; } }
)";

struct Releases {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

/// Draws the code as squares, one run of dark ones at a time, with the quiet zone of four around
/// it.
void draw(std::ostream& out, const std::string& text) {
    const std::unique_ptr<QRcode, Releases> code(
        QRcode_encodeData(static_cast<int>(text.size()),
                          reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    if (!code) throw std::length_error("the receipt does not fit into a QR code");
    const int width = code->width;
    out << fmt::format(
        "<svg viewBox=\"0 0 {0} {0}\" role=\"img\" shape-rendering=\"crispEdges\">"
        "<rect width=\"{0}\" height=\"{0}\" fill=\"#fff\"/><path d=\"",
        width + 8);
    const auto dark = [&](int x, int y) { return (code->data[y * width + x] & 1) != 0; };
    for (int y = 0; y < width; ++y)
        for (int x = 0; x < width; ++x) {
            if (!dark(x, y)) continue;
            const int from = x;
            while (x + 1 < width && dark(x + 1, y)) ++x;
            out << fmt::format("M{} {}h{}v1H{}z", from + 4, y + 4, x + 1 - from, from + 4);
        }
    out << "\"/></svg>\n";
}

}  // namespace

std::string square_text(const InclusionProof& proof) {
    const auto checkpoint = trail::unchecked(trail::read_notes(proof.checkpoint).front());
    auto text = fmt::format("workflow receipt 1\n{}\n{}\n{}\n{}\n{}\n{}\n", proof.number.text,
                            proof.sequence, hex(*proof.hash), checkpoint.size,
                            base64(view(checkpoint.root)), checkpoint.origin);
    if (checkpoint.hashing != Hashing::sha256) text.append(to_string(checkpoint.hashing)) += '\n';
    return text;
}

void write_receipt(std::ostream& out, const Receipt& receipt) {
    const bool zh = receipt.language == "zh";
    const auto in = [&](const char* chinese, const char* english) {
        return zh ? chinese : english;
    };
    const auto& proof = receipt.proof;
    const auto checkpoint = trail::unchecked(trail::read_notes(proof.checkpoint).front());
    const auto row = [&](const char* name, const std::string& value) {
        out << "<tr><th>" << name << "</th><td>" << xml_escaped(value) << "</td></tr>\n";
    };
    out << "<!DOCTYPE html>\n<html lang=\"" << receipt.language
        << "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
           "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>"
        << xml_escaped(proof.number.text) << "</title>\n<style>" << receipt_style
        << "</style>\n</head>\n<body>\n<h1>" << in("办件回执", "Receipt") << "</h1>\n<table>\n";
    row(in("事项", "Item"), receipt.title);
    row(in("办件编号", "Case"), proof.number.text);
    row(in("记录", "Act"), fmt::format("{}: {}", proof.sequence, receipt.what));
    row(in("记录时间", "Recorded"), receipt.when);
    row(in("记录指纹", "Its hash"), hex(*proof.hash));
    row(in("已签名记录数", "Events signed"), fmt::format("{}", checkpoint.size));
    row(in("树根", "Root of their tree"), base64(view(checkpoint.root)));
    row(in("签名者", "Signed by"), checkpoint.origin);
    if (checkpoint.time)
        row(in("签名时间", "Signed at"), to_string(*checkpoint.time, UtcOffset{0}));
    out << "</table>\n";
    draw(out, square_text(proof));
    out << "<p>"
        << in("请妥善保存。任何人都可用公钥核验本记录仍在其中："
              "<code>workflow trail check 本文件 --public-key 公钥</code>",
              "Keep it. Whoever has the public key can check that this act is in the trail: "
              "<code>workflow trail check THIS-FILE --public-key KEY</code>")
        << "</p>\n"
        << proof_begins << xml_escaped(dump(json_of(proof))) << proof_ends
        << "\n</body>\n</html>\n";
}

}  // namespace workflow::presentation

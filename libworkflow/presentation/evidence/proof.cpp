#include "proof.hpp"

#include "../../base/markup.hpp"
#include "../../crypto/digest.hpp"
#include "../../crypto/signature.hpp"
#include "../json/reader.hpp"

namespace workflow::presentation {

namespace {

constexpr const char* proof_format = "workflow event proof 1";
constexpr const char* consistency_format = "workflow consistency proof 1";
// The format's name in release 0.1.
constexpr const char* growth_format = "workflow growth proof 1";

template <class T>
T field(const Json& json, const char* name) {
    try {
        return json.at(name).get<T>();
    } catch (const Json::exception&) {
        throw NoProof(std::string("the proof has no `") + name + "`, or not as it must be");
    }
}

std::uint64_t count(const Json& json, const char* name) {
    const auto found = json.find(name);
    if (found == json.end() || !found->is_number_unsigned())
        throw NoProof(std::string("the proof has no `") + name + "`, or not as it must be");
    return found->get<std::uint64_t>();
}

}  // namespace

Json json_of(const InclusionProof& proof) {
    Json bodies = Json::array();
    for (const auto& body : proof.bodies) bodies.push_back(base64(body));
    Json path = Json::array();
    for (const auto& hash : proof.path) path.push_back(hex(hash));
    Json json{{"format", proof_format}, {"case", proof.number.text}, {"event", proof.sequence}};
    if (proof.hash)
        json["hash"] = hex(*proof.hash);
    else
        json["bodies"] = bodies;
    json["index"] = proof.index;
    json["size"] = proof.size;
    json["path"] = path;
    json["checkpoint"] = proof.checkpoint;
    return json;
}

Json json_of(const ConsistencyProof& proof) {
    Json path = Json::array();
    for (const auto& hash : proof.path) path.push_back(hex(hash));
    return {{"format", consistency_format},
            {"earlier", proof.earlier},
            {"later", proof.later},
            {"path", path}};
}

namespace {

std::vector<Digest> path_of(const Json& json) {
    std::vector<Digest> path;
    for (const auto& hash : field<std::vector<std::string>>(json, "path")) {
        const auto digest = parse_hex(hash);
        if (!digest) throw NoProof("a hash of the proof's path is not 64 hexadecimal digits");
        path.push_back(*digest);
    }
    return path;
}

/// Returns the proof in a page; the text itself if it is not a page.
std::string out_of_page(const std::string& text) {
    const auto begin = text.find(proof_begins);
    if (begin == std::string::npos) return text;
    const auto from = begin + proof_begins.size();
    return xml_plain(text.substr(from, text.find(proof_ends, from) - from));
}

InclusionProof event_proof(const Json& json) {
    InclusionProof proof;
    proof.number = CaseNumber(field<std::string>(json, "case"));
    const auto event = count(json, "event");
    proof.sequence = event > 0xffffffffU ? 0 : static_cast<std::uint32_t>(event);
    if (json.contains("hash")) {
        proof.hash = parse_hex(field<std::string>(json, "hash"));
        if (!proof.hash) throw NoProof("the hash of the event is not 64 hexadecimal digits");
    } else {
        for (const auto& body : field<std::vector<std::string>>(json, "bodies")) {
            const auto bytes = parse_base64(body);
            if (!bytes) throw NoProof("an event of the proof is not in base64");
            proof.bodies.push_back(*bytes);
        }
    }
    proof.index = count(json, "index");
    proof.size = count(json, "size");
    proof.path = path_of(json);
    proof.checkpoint = field<std::string>(json, "checkpoint");
    return proof;
}

Json json_of_proof(const std::string& text) {
    try {
        return read_json(text, "the proof");
    } catch (const NoJson& error) {
        throw NoProof(std::string("this is no proof: ") + error.what());
    }
}

}  // namespace

std::variant<InclusionProof, ConsistencyProof> proof_of(const std::string& text) {
    const auto json = json_of_proof(out_of_page(text));
    if (!json.is_object()) throw NoProof("this is no proof: it is no JSON object");
    const auto format = field<std::string>(json, "format");
    if (format == proof_format) return event_proof(json);
    if (format == consistency_format || format == growth_format)
        return ConsistencyProof{field<std::string>(json, "earlier"),
                                field<std::string>(json, "later"), path_of(json)};
    throw NoProof(std::string("this is no proof that this program knows; one says `format`: ") +
                  proof_format);
}

}  // namespace workflow::presentation

#include "evidence_text.hpp"

#include <filesystem>

#include "base/digest.hpp"
#include "base/signature.hpp"
#include "desk.hpp"
#include "trail/checkpoint.hpp"

namespace workflow::tools {

namespace {

constexpr const char* proof_format = "workflow event proof 1";

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

Json json_of(const EventProof& proof) {
    Json bodies = Json::array();
    for (const auto& body : proof.bodies) bodies.push_back(base64(body));
    Json path = Json::array();
    for (const auto& hash : proof.path) path.push_back(hex(hash));
    return {{"format", proof_format}, {"case", proof.number.text},     {"event", proof.sequence},
            {"bodies", bodies},       {"index", proof.index},          {"size", proof.size},
            {"path", path},           {"checkpoint", proof.checkpoint}};
}

EventProof proof_of(const std::string& text) {
    const auto json = Json::parse(text, nullptr, false);
    if (!json.is_object()) throw NoProof("this is no proof: it is no JSON object");
    if (field<std::string>(json, "format") != proof_format)
        throw NoProof(std::string("this is no proof that this program knows; one says `format`: ") +
                      proof_format);
    EventProof proof;
    proof.number = CaseNumber(field<std::string>(json, "case"));
    const auto event = count(json, "event");
    proof.sequence = event > 0xffffffffU ? 0 : static_cast<std::uint32_t>(event);
    for (const auto& body : field<std::vector<std::string>>(json, "bodies")) {
        const auto bytes = parse_base64(body);
        if (!bytes) throw NoProof("an event of the proof is not in base64");
        proof.bodies.push_back(*bytes);
    }
    proof.index = count(json, "index");
    proof.size = count(json, "size");
    for (const auto& hash : field<std::vector<std::string>>(json, "path")) {
        const auto digest = parse_hex(hash);
        if (!digest) throw NoProof("a hash of the proof's path is not 64 hexadecimal digits");
        proof.path.push_back(*digest);
    }
    proof.checkpoint = field<std::string>(json, "checkpoint");
    return proof;
}

Option public_key_option() {
    return {.name = "public-key",
            .value = "KEY",
            .meaning = "who signed: the line that `trail keygen` printed, or a file that holds it"};
}

std::string public_key_text(const Arguments& arguments, Streams& streams) {
    if (!arguments.has("public-key")) {
        throw UsageError("whose signature counts is missing", "give --public-key KEY");
    }
    std::string key = arguments.text("public-key");
    std::error_code ignored;
    if (std::filesystem::is_regular_file(key, ignored)) key = read_all(key, streams);
    try {
        trail::parse_public_key(key);
    } catch (const trail::NoteError& error) {
        throw UsageError(error.what());
    }
    return key;
}

}  // namespace workflow::tools

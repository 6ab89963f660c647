// BPMN and PNML models: what their elements mean, by the verdict they get.

#include <sstream>

#include "models/model.hpp"
#include "support/catch.hpp"
#include "verify/report.hpp"
#include "verify/soundness.hpp"

namespace workflow::testing::models_test {

namespace {

/// The verdicts, a word each, and the codes of the findings.
std::string verdicts(const std::string& text, bool pnml = false) {
    Sources sources;
    DiagnosticSink findings(sources);
    const auto source = sources.add(Source(pnml ? "m.pnml" : "m.bpmn", text));
    std::string said;
    for (const auto& model : pnml ? models::read_pnml(sources, source, findings)
                                  : models::read_bpmn(sources, source, findings)) {
        const auto verdict = verify::check_soundness(model.net, model.nodes.size());
        verify::report(model, verdict, findings);
        said += said.empty() ? "" : " ";
        const auto sound = verdict.sound();
        said += model.partial                  ? "partial"
                : sound == verify::Answer::yes ? "sound"
                : sound == verify::Answer::no  ? "unsound"
                                               : "open";
    }
    for (const auto& one : findings.take())
        if (one.code != "WF0908") said += " " + one.code;  // BPMN's rules have their own tests
    return said;
}

/// A process in lines: `kind id` for an element, `id -> id` for a flow, `id ~> id` for a message
/// flow, `event id on id` for what is attached, `sub id` and `end` around a sub-process, `process`
/// before each further one. A kind may have a trigger: `endEvent/terminate`.
std::string bpmn(const std::string& lines) {
    std::istringstream in(lines);
    std::string body = "<process id='p0'>", messages;
    int flows = 0, processes = 1;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string first, second, third, fourth;
        words >> first >> second >> third >> fourth;
        const auto flow = "id='f" + std::to_string(++flows) + "' sourceRef='" + first +
                          "' targetRef='" + third + "'/>";
        if (first.empty()) continue;
        if (first == "process") {
            body += "</process><process id='p" + std::to_string(processes++) + "'>";
        } else if (first == "sub") {
            body += "<subProcess id='" + second + "'>";
        } else if (first == "end") {
            body += "</subProcess>";
        } else if (second == "->") {
            body += "<sequenceFlow " + flow;
        } else if (second == "~>") {
            messages += "<messageFlow " + flow;
        } else {
            const auto slash = first.find('/');
            const auto kind = first.substr(0, slash);
            body += "<" + kind + " id='" + second + "'";
            if (third == "on") body += " attachedToRef='" + fourth + "'";
            std::string more;
            if (words >> more) body += " cancelActivity='false'";
            body += ">";
            if (slash != std::string::npos)
                body += "<" + first.substr(slash + 1) + "EventDefinition/>";
            body += "</" + kind + ">";
        }
    }
    return "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'><collaboration "
           "id='c'>" +
           messages + "</collaboration>" + body + "</process></definitions>";
}

const std::string two_ways = R"(
startEvent s
task a
task b
endEvent e
s -> split
split -> a
split -> b
a -> join
b -> join
join -> e
)";

std::string gateways(const std::string& split, const std::string& join) {
    return verdicts(bpmn(split + "Gateway split\n" + join + "Gateway join" + two_ways));
}

}  // namespace

TEST_CASE("what a gateway splits, one of its kind joins") {
    CHECK(gateways("exclusive", "exclusive") == "sound");
    CHECK(gateways("parallel", "parallel") == "sound");
    CHECK(gateways("inclusive", "inclusive") == "sound");
    CHECK(gateways("exclusive", "inclusive") == "sound");
    CHECK(gateways("parallel", "inclusive") == "sound");
    CHECK(gateways("exclusive", "parallel") == "unsound WF0905 WF0903 WF0905");
    CHECK(gateways("parallel", "exclusive") == "unsound WF0906 WF0904");
    CHECK(gateways("inclusive", "parallel") == "unsound WF0903");
    CHECK(gateways("inclusive", "exclusive") == "unsound WF0906 WF0904");
}

TEST_CASE("an activity of several flows splits in parallel and joins as they come") {
    CHECK(verdicts(bpmn("startEvent s\ntask a\nendEvent e\nendEvent f\ns -> a\na -> e\na -> f")) ==
          "sound");
    CHECK(verdicts(bpmn("startEvent s\ntask a\ntask b\nendEvent e\nexclusiveGateway x\ns -> a\n"
                        "a -> x\nx -> a\nx -> b\nb -> e")) == "sound");
}

TEST_CASE("a loop without a way out is no way to an end") {
    CHECK(verdicts(bpmn("startEvent s\ntask a\ntask b\nendEvent e\nexclusiveGateway x\ns -> x\n"
                        "x -> a\na -> b\nb -> a\nx -> e")) == "unsound WF0903");
}

TEST_CASE("an attached event that interrupts takes what is inside with it") {
    const std::string inside = R"(
startEvent s
endEvent e
endEvent late
task after
sub work
startEvent i
parallelGateway fork
task a
task b
parallelGateway join
endEvent d
i -> fork
fork -> a
fork -> b
a -> join
b -> join
join -> d
end
s -> work
work -> e
limit -> after
after -> late
)";
    CHECK(verdicts(bpmn("boundaryEvent/timer limit on work" + inside)) == "sound");
    // One that does not interrupt adds a token, which must find its own end.
    CHECK(verdicts(bpmn("boundaryEvent/timer limit on work false" + inside)) == "sound");
    CHECK(verdicts(bpmn("boundaryEvent/timer limit on a false\nstartEvent s\ntask a\ntask b\n"
                        "endEvent e\ns -> a\na -> b\nlimit -> b\nb -> e")) ==
          "unsound WF0906 WF0904");
}

TEST_CASE("an error end inside is what its attached event waits for") {
    const auto model = [](const std::string& end) {
        return verdicts(
            bpmn("boundaryEvent/error wrong on work\nstartEvent s\nendEvent e\n"
                 "endEvent f\nsub work\nstartEvent i\nexclusiveGateway x\ntask a\n"
                 "endEvent good\n" +
                 end +
                 " bad\ni -> x\nx -> a\na -> good\nx -> bad\nend\n"
                 "s -> work\nwork -> e\nwrong -> f"));
    };
    CHECK(model("endEvent/error") == "sound");
}

TEST_CASE("a terminate end takes all tokens of its process") {
    const std::string lines =
        "startEvent s\nparallelGateway p\nexclusiveGateway x\ntask a\n"
        "task b\nendEvent f\ns -> p\np -> a\np -> x\na -> j\nx -> j\n"
        "x -> b\nb -> e\nparallelGateway j\nj -> f\n";
    CHECK(verdicts(bpmn(lines + "endEvent e")) == "unsound WF0903");
    CHECK(verdicts(bpmn(lines + "endEvent/terminate e")) == "sound");
}

TEST_CASE("partners wait for each other's messages") {
    const auto partners = [](const std::string& choice) {
        return verdicts(
            bpmn("startEvent s\nsendTask ask\nreceiveTask answer\nendEvent e\n"
                 "s -> ask\nask -> answer\nanswer -> e\nprocess\n"
                 "startEvent/message t\nexclusiveGateway x\ntask think\n"
                 "sendTask tell\nendEvent f\nendEvent g\nt -> think\nthink -> x\n"
                 "x -> tell\ntell -> f\n" +
                 choice + "ask ~> t\ntell ~> answer\n"));
    };
    CHECK(partners("think -> g\n") == "sound");  // it goes both ways
    CHECK(partners("x -> g\n") == "unsound WF0903");
    CHECK(verdicts(bpmn("startEvent s\nsendTask ask\nreceiveTask answer\nendEvent e\ns -> ask\n"
                        "ask -> answer\nanswer -> e\nprocess\nstartEvent/message t\n"
                        "sendTask tell\nendEvent f\nt -> tell\ntell -> f\nask ~> t\n"
                        "tell ~> answer\n")) == "sound");
    // A message nobody takes any more is left over.
    CHECK(verdicts(bpmn("startEvent s\nsendTask ask\nendEvent e\ns -> ask\nask -> e\nprocess\n"
                        "startEvent t\neventBasedGateway w\n"
                        "intermediateCatchEvent/message got\nintermediateCatchEvent/timer late\n"
                        "endEvent f\nendEvent g\nt -> w\nw -> got\nw -> late\ngot -> f\n"
                        "late -> g\nask ~> got\n")) == "unsound WF0903");
}

TEST_CASE("which event comes is not chosen beforehand") {
    const std::string waits =
        "intermediateCatchEvent/message got\n"
        "intermediateCatchEvent/message never\nendEvent f\nendEvent g\n"
        "w -> got\nw -> never\ngot -> f\nnever -> g\nstartEvent t\nt -> w\n"
        "process\nstartEvent s\nexclusiveGateway x\nsendTask one\n"
        "sendTask two\nendEvent e\ns -> x\nx -> one\nx -> two\none -> e\n"
        "two -> e\none ~> got\ntwo ~> never\n";
    CHECK(verdicts(bpmn("eventBasedGateway w\n" + waits)) == "sound");
    CHECK(verdicts(bpmn("exclusiveGateway w\n" + waits)) == "unsound WF0903");
}

TEST_CASE("what is not understood gets no verdict") {
    CHECK(gateways("complex", "exclusive") == "partial WF0902");
    CHECK(verdicts("<definitions><process id='p'><startEvent id='s'>") == " WF0801");
    CHECK(verdicts("<definitions/>") == " WF0901");
    CHECK(verdicts("<pnml/>", true) == " WF0901");
}

TEST_CASE("a workflow net in PNML gets its verdict") {
    const auto net = [](const std::string& inside) {
        return verdicts("<pnml><net id='n'><page id='g'>" + inside + "</page></net></pnml>", true);
    };
    const std::string nodes =
        "<place id='i'/><place id='a'/><place id='b'/><place id='o'/>"
        "<transition id='t'/><transition id='u'/><arc source='i' target='t'/>"
        "<arc source='t' target='a'/><arc source='t' target='b'/><arc source='u' target='o'/>"
        "<arc source='a' target='u'/>";
    CHECK(net(nodes + "<arc source='b' target='u'/>") == "sound");
    // The second branch is never waited for: its token is left, or `v` brings a second one.
    CHECK(net(nodes + "<transition id='v'/><arc source='b' target='v'/>"
                      "<arc source='v' target='o'/>") == "unsound WF0906 WF0904");
    CHECK(net("<place id='i'><initialMarking><text>1</text></initialMarking></place>"
              "<transition id='t'/><arc source='i' target='t'><inscription><text>2</text>"
              "</inscription></arc>") == "unsound WF0903 WF0905");
    // Two arcs between the same two are one of weight 2.
    CHECK(net("<place id='i'/><place id='o'/><transition id='t'/><arc source='i' target='t'/>"
              "<arc source='i' target='t'/><arc source='t' target='o'/>") ==
          "unsound WF0903 WF0905 WF0905");
    CHECK(net("<place id='i'><initialMarking><text>x</text></initialMarking></place>") ==
          "partial WF0902");
}

}  // namespace workflow::testing::models_test

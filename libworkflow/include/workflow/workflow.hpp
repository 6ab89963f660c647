#pragma once

/// libworkflow: a workflow engine for service halls.
///
///     auto loaded = workflow::Catalog::load({"definitions"});
///     workflow::Engine engine(*loaded.catalog,
///                             workflow::open_store("hall.db", {.create = true}));
///     auto opened = engine.open({.item = ItemId("social-card.replace-lost"), ...},
///                               Actor::of(OfficerId("lin")));
///     if (!opened) std::cerr << opened.refusal().message;
///
/// A case is a sequence of events. A command either adds events or is refused with a code and a
/// message. A refusal is a return value. Exceptions report failures that no caller could foresee
/// (the disk). examples/embed.cpp carries a case from the window to the applicant.

#include <workflow/administration.hpp>
#include <workflow/answer.hpp>
#include <workflow/case_view.hpp>
#include <workflow/catalog.hpp>
#include <workflow/command.hpp>
#include <workflow/decision.hpp>
#include <workflow/diagnostic.hpp>
#include <workflow/draw.hpp>
#include <workflow/engine.hpp>
#include <workflow/event.hpp>
#include <workflow/event_log.hpp>
#include <workflow/evidence.hpp>
#include <workflow/feel.hpp>
#include <workflow/item_form.hpp>
#include <workflow/organization_view.hpp>
#include <workflow/ports.hpp>
#include <workflow/reader.hpp>
#include <workflow/refusal.hpp>
#include <workflow/signing.hpp>
#include <workflow/soundness.hpp>
#include <workflow/staffing.hpp>
#include <workflow/values.hpp>
#include <workflow/version.hpp>
#include <workflow/views.hpp>

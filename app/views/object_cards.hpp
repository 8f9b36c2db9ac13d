// What stands on the card of an object: words, badges and boxes, from its state at the model's moment.
#pragma once

#include <vector>

#include "app/model/app_model.hpp"
#include "app/shell/ui.hpp"
#include "app/views/rich_text.hpp"

namespace lockstep {

struct ObjectCard {
  ObjectId object = kNoObject;  ///< kNoObject: a summary of several
  WorkerId worker = kNoWorker;  ///< of a card about a worker that waits for another to end
  std::string id;               ///< in the registry
  RichText body;
  bool alarm = false;  ///< a failure involves it
};

/// The objects that have a card of their own, the most telling kinds first, then in the order in which they
/// were made. Threads, processes, local variables and the console have none.
std::vector<ObjectId> objects_with_cards(const TraceStore& store);

ObjectCard object_card(AppModel& model, Ui& ui, ObjectId id);
/// One for each worker that waits for another to end.
void add_join_cards(AppModel& model, Ui& ui, std::vector<ObjectCard>& cards);
/// One with the local variables of all workers, if there are any.
void add_locals_card(AppModel& model, Ui& ui, std::vector<ObjectCard>& cards);

// --- for the cards of each kind ---

struct CardContext {
  AppModel& model;
  Ui& ui;
  const ObjectInfo& info;
  const ObjectView& view;
  RichText& body;
  const TraceStore& store() const { return model.run.store(); }
  Color dim() const { return ui.theme().text_dim; }
};

/// "waiting: [1] [2]" or "nobody waits".
void add_waiters(const CardContext& card);
/// label and the workers among the waiters that want `kind`, or "nobody".
void add_waiters_for(const CardContext& card, const char* label, EventKind kind);

void lock_card(const CardContext& card);
void semaphore_card(const CardContext& card);
void condition_card(const CardContext& card);
void event_card(const CardContext& card);
void barrier_card(const CardContext& card);
void queue_card(const CardContext& card);
void variable_card(const CardContext& card);
void global_card(const CardContext& card);
void file_card(const CardContext& card);
void check_card(const CardContext& card);
void pipe_card(const CardContext& card);
void socket_card(const CardContext& card);
void pool_card(const CardContext& card);
void future_card(const CardContext& card);

}  // namespace lockstep

package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.data.Possession;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Apps that write the data of another one too, by their word (`with`): they wait where its owner waits, and are
/// stopped with it when the data moves or gets another owner.
final class WritersBeside {

    private final Map<String, AppDraft> drafts;
    private final Handover handover;

    WritersBeside(Map<String, AppDraft> drafts, Handover handover) {
        this.drafts = drafts;
        this.handover = handover;
    }

    /// The hold of one that would start, or follow, though its owner does not.
    List<Hold> waiting(AppDraft draft) {
        if (!draft.starts() && !draft.takes() && draft.givenUp().isEmpty()) {
            return List.of();
        }
        return draft.app().owners().stream()
                .filter(this::isWaiting)
                .limit(1)
                .map(owner -> hold(draft.app(), owner))
                .toList();
    }

    private boolean isWaiting(String owner) {
        var draft = drafts.get(owner);
        return draft == null || draft.failed() != null || handover.isHeld(owner);
    }

    static Hold hold(App app, String owner) {
        return new Hold(
                app.name(),
                HoldCode.OWNER_HELD,
                "it writes data of " + owner + ", which is held or has failed",
                "see what is said of " + owner);
    }

    /// Who wrote that data beside its owner need not be gone before the owner itself restarts.
    static boolean mayStay(AppDraft draft, Possession other, Claim claim) {
        return draft.had() != null && owned(draft, claim) && other.isWith(draft.had(), claim.key());
    }

    private static boolean owned(AppDraft draft, Claim claim) {
        return draft.had() != null
                && draft.had().has(claim.key())
                && !draft.had().isOfAnother(claim.key());
    }

    /// The services that write beside an owner, of data that moves or gets another owner: nobody writes it
    /// meanwhile, so they are stopped first, too.
    ///
    /// @param declaring all drafts that declare that claim
    Set<String> followers(AppDraft owner, Claim claim, List<AppDraft> declaring) {
        if (owned(owner, claim) || !claim.app().equals(owner.app().name())) {
            return Set.of();
        }
        return declaring.stream()
                .filter(draft -> draft != owner && isChanged(draft))
                .filter(draft -> claim.app().equals(owner(draft, claim.key())))
                .filter(draft -> draft.had() != null && draft.had().mounted().contains(Source.of(claim)))
                .flatMap(draft -> Optional.ofNullable(draft.service()).stream())
                .map(service -> service.id())
                .collect(Collectors.toSet());
    }

    private boolean isChanged(AppDraft draft) {
        return draft.verb() == AppDraft.Verb.UPDATE
                && draft.failed() == null
                && !handover.isHeld(draft.app().name());
    }

    /// Whether an app that has that claim and another one that has the data now may both write it.
    ///
    /// @param draft of the other one; null where it has none
    boolean isWith(Claim claim, String app, Possession other, @Nullable AppDraft draft) {
        var name = other.service().name();
        var changes = draft != null && draft.failed() == null && !handover.isHeld(name);
        var theirs = draft != null && changes
                ? owner(draft, claim.key())
                : other.owners().get(Source.of(claim));
        var mine = claim.app().equals(app) ? null : claim.app();
        return mine != null && (mine.equals(name) || mine.equals(theirs)) || app.equals(theirs);
    }

    /// Whose that data will be, where it is another app's; null otherwise.
    private static @Nullable String owner(AppDraft draft, Claim.Key key) {
        return draft.claims().stream()
                .filter(claim -> claim.key().equals(key)
                        && !claim.app().equals(draft.app().name()))
                .map(Claim::app)
                .findFirst()
                .orElse(null);
    }
}

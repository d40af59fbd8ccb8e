package dev.holdfast.run;

import dev.holdfast.plan.NewImages;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Situation;
import java.time.Clock;
import java.util.Set;

/// Plans of what was read: what a picture and the last look give.
final class Planning {

    private final Situation.Choices choices;
    private final Clock clock;
    private final PictureReader reader;
    private final LastLook look;

    Planning(Situation.Choices choices, Clock clock, PictureReader reader, LastLook look) {
        this.choices = choices;
        this.clock = clock;
        this.reader = reader;
        this.look = look;
    }

    /// @param looked whether the last look was taken for this plan; else what it saw is not told
    Situation situation(Picture picture, boolean looked) {
        return picture.situation(look.seen(looked), looked, choices, clock.instant());
    }

    Plan plan(Picture picture, boolean looked) {
        return picture.plan(look.seen(looked), looked, choices, clock.instant());
    }

    Plan glance(Picture picture) {
        return plan(picture, false);
    }

    /// The same, with other runs of scheduled apps.
    Plan plan(Picture picture, boolean looked, Situation.Runs runs) {
        return picture.plan(look.seen(looked), looked, choices.with(runs), clock.instant());
    }

    /// What is left to do after a run, whatever a person asked for in that one.
    Plan after(Picture picture, boolean looked) {
        return picture.plan(look.seen(looked), looked, Situation.Choices.NONE, clock.instant());
    }

    /// With what the manager and the registries say of all new images.
    Picture withImages(Picture picture) throws InterruptedException {
        return reader.asked(picture, NewImages.in(glance(picture), situation(picture, false)));
    }

    /// Images that something would be stopped for, and of which nobody knows whether they can be had.
    Set<String> unknownImages(Picture picture, Plan plan, boolean looked) {
        return NewImages.toAsk(plan, situation(picture, looked));
    }

    /// The plan as it is handed out: with why no file declares an app any more.
    Reconciler.Planned planned(Picture picture, Plan plan) {
        var told = Causes.told(plan, () -> reader.applied(picture).map(Picture::files), picture.files());
        return new Reconciler.Planned(
                picture.commit(), picture.checkout().dirty(), picture.desired(), picture.live(), told);
    }
}

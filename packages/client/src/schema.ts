// Generated from the OpenAPI document by `npm run client`.
export interface paths {
    "/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All services
         * @description General practice, schools, hospitals ... and which indicators each has.
         */
        get: operations["listServices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/services/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One service
         * @description A service by its code.
         */
        get: operations["getService"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All indicators that have figures
         * @description What each measures, in which unit, which way is good, and for which periods and groups.
         */
        get: operations["listIndicators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indicators/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One indicator
         * @description An indicator by its code.
         */
        get: operations["getIndicator"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Providers: practices, schools, hospitals ...
         * @description Who there is, where they are, and which have closed. By code unless sorted otherwise.
         */
        get: operations["listProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One provider
         * @description A provider by its code, with what its register says of it and who is like it.
         */
        get: operations["getProvider"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Places: wards, districts, regions ...
         * @description All places but small areas (LSOAs), of which there are tens of thousands: these are found by their code alone. By code unless sorted otherwise.
         */
        get: operations["listPlaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/places/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One place
         * @description A place by its code, small areas too.
         */
        get: operations["getPlace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/observations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Values, with their doubt and their origin
         * @description One row for each indicator, period, group and provider or place. In the order of indicator, period, group and name; where providers or places are named (`subject`), one of these after another. Sorting takes one indicator, period and group, or `subject`. A part may be shorter than `limit` where the filters leave little of much: go on as long as `links.next` is there. `total` is known where one indicator, period and group, or one subject, is asked for.
         */
        get: operations["listObservations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/comparisons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How providers and places do beside others
         * @description What each figure of the providers or places that are named is held against: the whole, the region, the area, the most similar, its own past. How every provider does beside the whole is in `comparedWithWhole` of /observations.
         */
        get: operations["listComparisons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/standards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All standards
         * @description Who set each, on what, where the line lies, and what follows.
         */
        get: operations["listStandards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/standards/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One standard
         * @description A standard by its code, with the steps of its life.
         */
        get: operations["getStandard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/judgements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who met which standard
         * @description One row for each standard, period and provider or place that it binds. In the order of standards, periods and codes.
         */
        get: operations["listJudgements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report cards
         * @description A grade from A to F for each part and overall, with how probable each grade is and what it rests on. In the order of services and codes.
         */
        get: operations["listCards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fairness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gaps by deprivation and between groups
         * @description One row for each figure of fairness: means of fifths and groups, their gaps, ratios and slopes, how much of a spread is more than chance, and how gaps changed. In the order in which indicators were declared, then by period.
         */
        get: operations["listFairness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/yardstick": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Known figures of this country and of others
         * @description What other countries and years are known to reach, to hold one’s own figures against: as the sources say it, in their own words. By indicator; this country first.
         */
        get: operations["listYardstick"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was published, corrected and withdrawn
         * @description Every release, newest first, with the checksum of its file and what was refused.
         */
        get: operations["listReleases"];
        put?: never;
        /**
         * Send figures
         * @description For publishers with a token. A file is checked as the command line checks it, and published or refused as a whole. The answer comes when that is done; after 25 seconds it is 202, and `location` says where to ask.
         */
        post: operations["pushRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One release
         * @description A release by its number, with its checks and the figures that it changed of the one whose place it took.
         */
        get: operations["getRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What providers say of what is said of them
         * @description Each reply with its last version, by provider, the oldest first. Of one that was withdrawn the words are gone.
         */
        get: operations["listReplies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Corrections that were asked for
         * @description Each request with its answer, the newest first.
         */
        get: operations["listCorrections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What people tell of services
         * @description Published stories with their replies and what changed, the newest first. Who tells a story chooses to: they say what happened, not how often.
         */
        get: operations["listStories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/surveys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Surveys of those who use services
         * @description What people are asked, in English and Welsh, from when to when, by which ways, and how many answered; the newest first. What they answered is among the observations.
         */
        get: operations["listSurveys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/surveys/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One survey
         * @description A survey by its number.
         */
        get: operations["getSurvey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Providers and places by name, town, postcode, street or code
         * @description The best hits first unless sorted otherwise, 100 at most; misspelt words are found too. Open providers come before those that have closed.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pushes/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came of a push
         * @description For the token that sent it.
         */
        get: operations["getPush"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report who was seen, so that a survey asks them
         * @description For booking systems with a token. Each person is asked once, as far as the survey of their provider asks: nobody who has died, nobody who asked not to be, nobody who was asked within its months, and of the others all or a share by lot. All is taken or nothing.
         */
        post: operations["reportAppointments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Why a request was refused, as RFC 9457 has it. */
        Problem: {
            /** @description Which kind of problem: an address on /api that says what to do. */
            type: string;
            /** @description The kind, in words. */
            title: string;
            /** @description The same as the status of the answer. */
            status: number;
            /** @description What is wrong with this request, and what to do. */
            detail: string;
            /** @description The address that was asked for. */
            instance?: string;
            /** @description The parameter, or the header, that it is about. */
            parameter?: string;
            /** @description What was sent in it. */
            sent?: string;
            /** @description What is allowed, where that is few. */
            allowed?: string[];
            /** @description The allowed value that is nearest to what was sent. */
            nearest?: string;
            /** @description Who came after what has ended. */
            successors?: {
                /** @description The code of the provider or place. */
                code: string;
                /** @description What it is called. */
                name: string;
                /** @description Where its page is, on the same site. */
                page: string;
            }[];
            /** @description Cells that were refused: the first of each rule, at most 50. */
            errors?: {
                /** @description Of the file that was sent; 1 is the header’s. */
                line: number;
                /** @description The column; null where it is of the whole row. */
                column: string | null;
                /** @description What stands there. */
                value: string | null;
                /** @description The code of the rule that it broke. */
                rule: string;
                /** @description What is wrong with it, in words. */
                detail: string;
            }[];
            /** @description What came of a push. */
            push?: {
                /** @description Its own name: `/pushes/ID` says what came of it. */
                id: string;
                /**
                 * @description `published`: It counts: its release is public. `draft`: It is kept for a steward, who publishes it. `same`: These bytes are published already: nothing was to be done. `checked`: A dry run found nothing wrong. Nothing is kept. `refused`: Something is wrong with it. Nothing is kept. `under-way`: It is being read, or waits for those before it. `interrupted`: It was cut off. Nothing is kept: send it again.
                 * @enum {string}
                 */
                state: "published" | "draft" | "same" | "checked" | "refused" | "under-way" | "interrupted";
                /** @description What happened, in words. */
                sentence: string | null;
                /** @description The public name of the token. */
                publisher: string;
                /** @description By which descriptor it was read. */
                descriptor: string;
                /** @description The file’s name. */
                file: string;
                /** @description It was a trial: nothing is kept. */
                dryRun: boolean;
                /** @description The number of the release that holds it. */
                release: number | null;
                /** @description Since which publication it counts. */
                publication: number | null;
                /** @description The release that it corrects. */
                supersedes: number | null;
                /** @description The check: rows read, accepted and refused, and every rule with its first lines. */
                report: {
                    /** @description By which descriptor it was read. */
                    descriptor: string;
                    /** @description Of which period it is; null where its rows say. */
                    period: string | null;
                    /** @description The checksum of the file. */
                    sha256: string;
                    /** @description Its size. */
                    bytes: number;
                    /** @description Always rowsAccepted and rowsRefused together. */
                    rowsRead: number;
                    /** @description Rows that are taken. */
                    rowsAccepted: number;
                    /** @description Rows that are refused. */
                    rowsRefused: number;
                    /** @description Figures that were read from them. */
                    observations: number;
                    /** @description The headers of the columns by what became of them; null for boundaries. */
                    columns: {
                        /** @description Those that hold figures. */
                        figures: string[];
                        /** @description Those that say whom a figure is about, when and of which group. */
                        descriptions: string[];
                        /** @description Those that were checked and no more. */
                        checked: string[];
                        /** @description Those that nobody reads. */
                        ignored: string[];
                    } | null;
                    /** @description What is wrong, rule by rule. */
                    rules: {
                        /** @description The rule’s code: duplicate, percentage, limits, total, unknown ... */
                        rule: string;
                        /**
                         * @description refuse: the row is not taken. warn and note: it is, and somebody should know.
                         * @enum {string}
                         */
                        severity: "refuse" | "warn" | "note";
                        /** @description How many cells broke it. */
                        count: number;
                        /** @description What is wrong, in words. */
                        sentence: string;
                        /** @description The first twenty cells that broke it. */
                        examples: {
                            /** @description Of the file; 1 is the header’s. */
                            line: number;
                            /** @description The column’s header; null where it is of the whole row. */
                            column: string | null;
                            /** @description What stands there. */
                            value: string | null;
                            /** @description Where it says more of this cell than the rule’s sentence. */
                            sentence?: string;
                        }[];
                    }[];
                } | null;
                /** @description A dry run: how many figures differ from what is published. */
                changes?: {
                    /** @description The release whose place it would take; null: none. */
                    supersedes: number | null;
                    /** @description Figures that stay as they are. */
                    same: number;
                    /** @description Of the same, those that the source keeps back in both. */
                    suppressed: number;
                    /** @description Figures that become others. */
                    changed: number;
                    /** @description Of the changed, those that have a value there and none in the file. */
                    withoutValue: number;
                    /** @description Figures that were not there. */
                    added: number;
                    /** @description Figures that the file has no more. */
                    gone: number;
                    /** @description Those that the release hides, keeps back or rounds, since few people are behind some: not compared. */
                    hidden: number;
                };
                /** @description A dry run of a kind of file whose small counts are hidden: whether it could be made safe, and how many figures would be hidden. It is tried by itself: what an earlier release hides is not held against it, since one could find that out by trying. */
                disclosure?: {
                    /** @description Whether nobody’s count could be worked out. */
                    safe: boolean;
                    /** @description Figures in all. */
                    figures: number;
                    /** @description Figures that would be hidden; null where it could not be made safe. */
                    hidden: number | null;
                    /** @description Counts that could be worked out, whatever is hidden. */
                    leaks: number;
                    /** @description To what all counts would be rounded; null where small ones are hidden instead. */
                    roundedTo: number | null;
                };
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listServices: {
        parameters: {
            query?: {
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "code" | "-code" | "name" | "-name" | "open" | "-open" | "closed" | "-closed";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All services */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description It lasts: pages and filters know it by this. */
                            code: string;
                            /** @description What it is called. */
                            name: string;
                            /** @description What the service is for, in a sentence. */
                            about: string;
                            /** @description What one of its providers is called. */
                            provider: string;
                            /** @description What several of its providers are called. */
                            providers: string;
                            /** @description It is of the example area: nobody real. */
                            invented: boolean;
                            /** @description Providers that are open. */
                            open: number;
                            /** @description Providers that have closed. */
                            closed: number;
                            /** @description Open ones of whom no release has a figure. */
                            silent: number;
                            /** @description Codes of its indicators that have figures. */
                            indicators: string[];
                            /** @description Where its page is, on the same site. */
                            page: string;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getService: {
        parameters: {
            query?: {
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path: {
                /** @description Its code. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One service */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What was asked for. */
                        data: {
                            /** @description It lasts: pages and filters know it by this. */
                            code: string;
                            /** @description What it is called. */
                            name: string;
                            /** @description What the service is for, in a sentence. */
                            about: string;
                            /** @description What one of its providers is called. */
                            provider: string;
                            /** @description What several of its providers are called. */
                            providers: string;
                            /** @description It is of the example area: nobody real. */
                            invented: boolean;
                            /** @description Providers that are open. */
                            open: number;
                            /** @description Providers that have closed. */
                            closed: number;
                            /** @description Open ones of whom no release has a figure. */
                            silent: number;
                            /** @description Codes of its indicators that have figures. */
                            indicators: string[];
                            /** @description Where its page is, on the same site. */
                            page: string;
                        };
                        /** @description Of which state the answer speaks. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                        };
                        /** @description Where to ask again. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this code. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIndicators: {
        parameters: {
            query?: {
                /** @description The code of a service. */
                service?: string;
                /** @description What kind of number it is. */
                kind?: "proportion" | "rate" | "mean" | "money" | "count" | "rating";
                /** @description Shown first on a provider’s page. */
                headline?: "yes" | "no";
                /** @description A part of its name or code. */
                q?: string;
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "name" | "-name" | "code" | "-code";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All indicators that have figures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description It lasts: pages and files know it by this. */
                            code: string;
                            /** @description What it is called. */
                            name: string;
                            /** @description The code of its service; null for figures of places alone. */
                            service: string | null;
                            /** @description Under which heading pages show it. */
                            topic: string;
                            /** @description Such as %, £ or per 1,000. */
                            unit: string;
                            /**
                             * @description What kind of number it is: by it, limits and comparisons are worked out.
                             * @enum {string}
                             */
                            kind: "proportion" | "rate" | "mean" | "money" | "count" | "rating";
                            /**
                             * @description Which way is good.
                             * @enum {string}
                             */
                            polarity: "higher" | "lower" | "neither";
                            /** @description Who chose those who are counted, so that its figures are shown and never compared. self: whoever wanted to. service: whom the service itself reported. Null for all others. */
                            selected: ("self" | "service") | null;
                            /** @description How many decimals pages show; values here have all that there are. */
                            decimals: number;
                            /** @description Pages show it first. */
                            headline: boolean;
                            /** @description Why it matters, in a sentence. */
                            why: string;
                            /** @description How to read a value; null where the definition says all. */
                            meaning: string | null;
                            /** @description What is counted, and of whom. */
                            definition: string;
                            /** @description How values and limits come about. */
                            method: string;
                            /** @description What to keep in mind when one reads it. */
                            caveats: string[];
                            /** @description Of a rating: the word for each value, from 1 up. */
                            labels: string[] | null;
                            /** @description Periods with figures, oldest first. */
                            periods: string[];
                            /** @description Groups with figures: empty for everyone, `sex=boys` and so on. */
                            groups: string[];
                            /** @description Where its page is, on the same site. */
                            page: string;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIndicator: {
        parameters: {
            query?: {
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path: {
                /** @description Its code. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One indicator */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What was asked for. */
                        data: {
                            /** @description It lasts: pages and files know it by this. */
                            code: string;
                            /** @description What it is called. */
                            name: string;
                            /** @description The code of its service; null for figures of places alone. */
                            service: string | null;
                            /** @description Under which heading pages show it. */
                            topic: string;
                            /** @description Such as %, £ or per 1,000. */
                            unit: string;
                            /**
                             * @description What kind of number it is: by it, limits and comparisons are worked out.
                             * @enum {string}
                             */
                            kind: "proportion" | "rate" | "mean" | "money" | "count" | "rating";
                            /**
                             * @description Which way is good.
                             * @enum {string}
                             */
                            polarity: "higher" | "lower" | "neither";
                            /** @description Who chose those who are counted, so that its figures are shown and never compared. self: whoever wanted to. service: whom the service itself reported. Null for all others. */
                            selected: ("self" | "service") | null;
                            /** @description How many decimals pages show; values here have all that there are. */
                            decimals: number;
                            /** @description Pages show it first. */
                            headline: boolean;
                            /** @description Why it matters, in a sentence. */
                            why: string;
                            /** @description How to read a value; null where the definition says all. */
                            meaning: string | null;
                            /** @description What is counted, and of whom. */
                            definition: string;
                            /** @description How values and limits come about. */
                            method: string;
                            /** @description What to keep in mind when one reads it. */
                            caveats: string[];
                            /** @description Of a rating: the word for each value, from 1 up. */
                            labels: string[] | null;
                            /** @description Periods with figures, oldest first. */
                            periods: string[];
                            /** @description Groups with figures: empty for everyone, `sex=boys` and so on. */
                            groups: string[];
                            /** @description Where its page is, on the same site. */
                            page: string;
                        };
                        /** @description Of which state the answer speaks. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                        };
                        /** @description Where to ask again. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this code. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProviders: {
        parameters: {
            query?: {
                /** @description The code of a service. */
                service?: string;
                /** @description The code of a place: only providers that lie in it. */
                within?: string;
                /** @description Those that have closed, or those that have not. */
                closed?: "yes" | "no";
                /** @description A part of its name, code, town or postcode. */
                q?: string;
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "name" | "-name" | "code" | "-code";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Providers: practices, schools, hospitals ... */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description The code by which its register knows it. It lasts. */
                            code: string;
                            /** @description What its register calls it. */
                            name: string;
                            /** @description The code of its service; null where no register says. */
                            service: string | null;
                            /** @description What kind it is, in the words of its register. */
                            type: string | null;
                            /** @description As its register writes it. */
                            postcode: string | null;
                            /** @description As its register writes it. */
                            town: string | null;
                            /** @description It has closed. Its figures stay. */
                            closed: boolean;
                            /** @description The day, as its register writes it. */
                            closedOn: string | null;
                            /** @description Codes of the places that hold it, from the smallest to the largest. */
                            within: string[];
                            /** @description Where its page is, on the same site. */
                            page: string;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProvider: {
        parameters: {
            query?: {
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path: {
                /** @description Its code. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One provider */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What was asked for. */
                        data: {
                            /** @description The code by which its register knows it. It lasts. */
                            code: string;
                            /** @description What its register calls it. */
                            name: string;
                            /** @description The code of its service; null where no register says. */
                            service: string | null;
                            /** @description What kind it is, in the words of its register. */
                            type: string | null;
                            /** @description As its register writes it. */
                            postcode: string | null;
                            /** @description As its register writes it. */
                            town: string | null;
                            /** @description It has closed. Its figures stay. */
                            closed: boolean;
                            /** @description The day, as its register writes it. */
                            closedOn: string | null;
                            /** @description Codes of the places that hold it, from the smallest to the largest. */
                            within: string[];
                            /** @description Where its page is, on the same site. */
                            page: string;
                            /** @description Street and house; null where its register gives none. */
                            address: string | null;
                            /** @description What its register says of it. */
                            facts: {
                                [key: string]: string;
                            };
                            /** @description Codes of who came after it, of those that are listed. */
                            successors: string[];
                            /** @description Codes of the most similar, the nearest first. */
                            peers: string[];
                        };
                        /** @description Of which state the answer speaks. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                        };
                        /** @description Where to ask again. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this code. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was listed once and is no more; the detail says how to see it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPlaces: {
        parameters: {
            query?: {
                /** @description Places of one level. */
                level?: string;
                /** @description The code of a place: only places that lie in it. */
                within?: string;
                /** @description A part of its name or code. */
                q?: string;
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "name" | "-name" | "code" | "-code";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Places: wards, districts, regions ... */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description The code of official statistics. It lasts. */
                            code: string;
                            /** @description What it is called. */
                            name: string;
                            /** @description ward, district, icb, region ... */
                            level: string | null;
                            /** @description Codes of the places that hold it, from the smallest to the largest. */
                            within: string[];
                            /** @description Where its page is, on the same site. */
                            page: string;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPlace: {
        parameters: {
            query?: {
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path: {
                /** @description Its code. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One place */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What was asked for. */
                        data: {
                            /** @description The code of official statistics. It lasts. */
                            code: string;
                            /** @description What it is called. */
                            name: string;
                            /** @description ward, district, icb, region ... */
                            level: string | null;
                            /** @description Codes of the places that hold it, from the smallest to the largest. */
                            within: string[];
                            /** @description Where its page is, on the same site. */
                            page: string;
                        };
                        /** @description Of which state the answer speaks. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                        };
                        /** @description Where to ask again. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this code. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was listed once and is no more; the detail says how to see it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listObservations: {
        parameters: {
            query?: {
                /** @description The code of an indicator. */
                indicator?: string;
                /** @description A period as the indicator names it, such as 2022-23. */
                period?: string;
                /** @description A group such as `sex=boys`; empty for everyone. Default: all groups. */
                group?: string;
                /** @description The code of a service: only its indicators. */
                service?: string;
                /** @description Codes of providers or places, with commas between, 100 at most. */
                subject?: string;
                /** @description The code of a place: only providers and places that lie in it. */
                within?: string;
                /** @description Of providers, or of places. */
                kind?: "provider" | "place";
                /** @description With a value, or without one for this reason. */
                status?: "value" | "suppressed" | "missing" | "not-applicable" | "unreliable";
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "code" | "-code" | "name" | "-name" | "indicator" | "-indicator" | "period" | "-period" | "value" | "-value" | "lower95" | "-lower95" | "upper95" | "-upper95" | "numerator" | "-numerator" | "denominator" | "-denominator";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Values, with their doubt and their origin */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description The code of the indicator. */
                            indicator: string;
                            /** @description Such as 2022-23, 2024 or 2024-03, as the indicator names its periods. */
                            period: string;
                            /** @description Empty for everyone, else `sex=boys` and so on. */
                            group: string;
                            /**
                             * @description Whether it is about a provider or a place.
                             * @enum {string}
                             */
                            kind: "provider" | "place";
                            /** @description The code of the provider or place. */
                            code: string;
                            /** @description What the provider or place is called; its code where no register names it. */
                            name: string;
                            /** @description The provider has closed. Its figures stay. */
                            closed: boolean;
                            /**
                             * @description `value`, or why there is none: suppressed (hidden, since few people are behind it), missing, not-applicable, unreliable.
                             * @enum {string}
                             */
                            status: "value" | "suppressed" | "missing" | "not-applicable" | "unreliable";
                            /** @description In the unit of the indicator. Null where there is none: `status` says why. Never 0 for a hidden one. */
                            value: number | null;
                            /** @description The lower end of the 95% interval; null where there is none. */
                            lower95: number | null;
                            /** @description The upper end of the 95% interval; null where there is none. */
                            upper95: number | null;
                            /** @description The lower end of the 99.8% interval, by which much better and much worse are told; null where there is none. */
                            lower998: number | null;
                            /** @description The upper end of the 99.8% interval; null where there is none. */
                            upper998: number | null;
                            /** @description How the limits came about: as the source published them (published, -rescaled, -weighted), or from counts by Wilson’s method (of shares) or Byar’s (of rates); -rounded: from rounded numbers, the widest that fit. Null where there are none. */
                            method: ("published" | "wilson" | "wilson-rounded" | "byar" | "published-rescaled" | "wilson-rounded-counts" | "byar-rounded-counts" | "published-weighted") | null;
                            /** @description How many of the denominator; null where nobody gives it. Never given of a weighted share (method published-weighted), since beside it counts would tell how a few people answered. */
                            numerator: number | null;
                            /** @description Out of how many; null where nobody gives it. Of a weighted share (method published-weighted): how many answers of a plain sample the answers are worth, rounded down. */
                            denominator: number | null;
                            /** @description Counts were rounded to multiples of this when they were published, and the value and its limits follow from them; of a weighted share, what its answers are worth was rounded down. Null where they were not. */
                            countsRoundedTo: number | null;
                            /** @description much better, better, similar, worse, much worse (higher and lower where neither is good); null where nobody can say. */
                            comparedWithWhole: string | null;
                            /** @description What the source says of this one value. */
                            note: string | null;
                            /** @description The number of the release that it comes from. */
                            release: number;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listComparisons: {
        parameters: {
            query: {
                /** @description Codes of providers or places, with commas between, 100 at most; at least one. */
                subject: string;
                /** @description The code of an indicator. */
                indicator?: string;
                /** @description A period. */
                period?: string;
                /** @description A group; empty for everyone. */
                group?: string;
                /** @description Held against what. */
                against?: "whole" | "region" | "area" | "peers" | "past";
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "code" | "-code" | "indicator" | "-indicator" | "period" | "-period" | "value" | "-value" | "other" | "-other" | "direction" | "-direction";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How providers and places do beside others */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description The code of the indicator. */
                            indicator: string;
                            /** @description Such as 2022-23, 2024 or 2024-03, as the indicator names its periods. */
                            period: string;
                            /** @description Empty for everyone, else `sex=boys` and so on. */
                            group: string;
                            /**
                             * @description Whether it is about a provider or a place.
                             * @enum {string}
                             */
                            kind: "provider" | "place";
                            /** @description The code of the provider or place. */
                            code: string;
                            /** @description The figure that is compared, in the unit of the indicator. */
                            value: number | null;
                            /**
                             * @description The whole, its region, its area, the most similar (peers), or its own past.
                             * @enum {string}
                             */
                            against: "whole" | "region" | "area" | "peers" | "past";
                            /** @description “England”, “30 similar practices”, “2017-18”. */
                            name: string;
                            /** @description The value that it is held against. */
                            other: number;
                            /** @description The lower end of the 95% interval of that value; null where there is none. */
                            otherLower95: number | null;
                            /** @description The upper end of the 95% interval of that value; null where there is none. */
                            otherUpper95: number | null;
                            /**
                             * @description How that value came about: published by a source, pooled from counts, or a mean of others, weighted or plain.
                             * @enum {string}
                             */
                            origin: "published" | "pooled" | "weighted-mean" | "mean";
                            /** @description Higher (1, 2) or lower (-1, -2): 2 is sure at 99.8%, 1 at 95%, 0 is similar; null: not enough data to say. */
                            direction: (-2 | -1 | 0 | 1 | 2) | null;
                            /** @description The same in words, as pages say it: better, similar, much lower ... Null: not enough data to say. */
                            words: string | null;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStandards: {
        parameters: {
            query?: {
                /** @description The code of a service. */
                service?: string;
                /** @description Floor, excellence, entitlement or ambition. */
                kind?: "floor" | "excellence" | "entitlement" | "ambition";
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "name" | "-name" | "code" | "-code";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All standards */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description It lasts: pages and judgements know it by this. */
                            code: string;
                            /** @description What it is called. */
                            name: string;
                            /**
                             * @description What it is for.
                             * @enum {string}
                             */
                            kind: "floor" | "excellence" | "entitlement" | "ambition";
                            /** @description The code of the service. */
                            service: string;
                            /**
                             * @description Whom it binds: the providers of the service, or places.
                             * @enum {string}
                             */
                            of: "providers" | "places";
                            /** @description Who set it. */
                            setBy: string;
                            /** @description What gives them the right to set it. */
                            right: string;
                            /** @description Who checks whether it is met. */
                            checkedBy: string;
                            /** @description The code of the indicator. */
                            indicator: string;
                            /** @description The group whose figure it judges, as `group` of /observations: empty for everyone. */
                            breakdown: string;
                            /**
                             * @description On which side of the threshold it is met.
                             * @enum {string}
                             */
                            side: "at least" | "at most";
                            /** @description In the unit of the indicator: a fixed value, or the value that a share of providers lay at or below in a base year. It does not move with later years. */
                            threshold: {
                                /** @description The value. */
                                fixed: number;
                            } | {
                                /** @description The share of providers, 0 to 100. */
                                percentile: number;
                                /** @description The base year. */
                                period: string;
                            };
                            /** @description Other ways to meet it: all standards of one list. Empty where there is none. */
                            alternatives: string[][];
                            /** @description Figures of fewer are not judged. */
                            fewest: number | null;
                            /** @description Of an invented area: where figures are real, it binds nobody. */
                            invented?: boolean;
                            /** @description Whoever misses it for certain stands on the desk of those who look after the service, as with a floor. */
                            onDesk?: boolean;
                            /** @description What a judgement by it leaves out. */
                            caveat: string | null;
                            /** @description The first period that it is held against, as the indicator names it. */
                            from: string;
                            /** @description The last period that it is held against; null where it goes on. */
                            to: string | null;
                            /** @description What follows for a provider that does not meet it. */
                            consequence: string;
                            /** @description Why the line lies where it does. */
                            evidence: string;
                            /** @description Where it is laid down. */
                            source: string;
                            /**
                             * Format: date
                             * @description The day until which it counts without being looked at again; later periods are not judged.
                             */
                            review: string;
                            /** @description What was decided about it, the oldest first. */
                            steps: {
                                /**
                                 * @description What was decided.
                                 * @enum {string}
                                 */
                                state: "draft" | "consulted on" | "adopted" | "superseded" | "withdrawn";
                                /** @description The day, or as much of it as is known. */
                                on: string;
                                /** @description Who decided it. */
                                by: string;
                                /** @description Why. */
                                reason: string;
                            }[];
                            /** @description Where its life has come to: draft, adopted ... */
                            state: string;
                            /** @description Periods that it has judged, oldest first. */
                            judged: string[];
                            /** @description Where its page is, on the same site. */
                            page: string;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStandard: {
        parameters: {
            query?: {
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path: {
                /** @description Its code. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One standard */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What was asked for. */
                        data: {
                            /** @description It lasts: pages and judgements know it by this. */
                            code: string;
                            /** @description What it is called. */
                            name: string;
                            /**
                             * @description What it is for.
                             * @enum {string}
                             */
                            kind: "floor" | "excellence" | "entitlement" | "ambition";
                            /** @description The code of the service. */
                            service: string;
                            /**
                             * @description Whom it binds: the providers of the service, or places.
                             * @enum {string}
                             */
                            of: "providers" | "places";
                            /** @description Who set it. */
                            setBy: string;
                            /** @description What gives them the right to set it. */
                            right: string;
                            /** @description Who checks whether it is met. */
                            checkedBy: string;
                            /** @description The code of the indicator. */
                            indicator: string;
                            /** @description The group whose figure it judges, as `group` of /observations: empty for everyone. */
                            breakdown: string;
                            /**
                             * @description On which side of the threshold it is met.
                             * @enum {string}
                             */
                            side: "at least" | "at most";
                            /** @description In the unit of the indicator: a fixed value, or the value that a share of providers lay at or below in a base year. It does not move with later years. */
                            threshold: {
                                /** @description The value. */
                                fixed: number;
                            } | {
                                /** @description The share of providers, 0 to 100. */
                                percentile: number;
                                /** @description The base year. */
                                period: string;
                            };
                            /** @description Other ways to meet it: all standards of one list. Empty where there is none. */
                            alternatives: string[][];
                            /** @description Figures of fewer are not judged. */
                            fewest: number | null;
                            /** @description Of an invented area: where figures are real, it binds nobody. */
                            invented?: boolean;
                            /** @description Whoever misses it for certain stands on the desk of those who look after the service, as with a floor. */
                            onDesk?: boolean;
                            /** @description What a judgement by it leaves out. */
                            caveat: string | null;
                            /** @description The first period that it is held against, as the indicator names it. */
                            from: string;
                            /** @description The last period that it is held against; null where it goes on. */
                            to: string | null;
                            /** @description What follows for a provider that does not meet it. */
                            consequence: string;
                            /** @description Why the line lies where it does. */
                            evidence: string;
                            /** @description Where it is laid down. */
                            source: string;
                            /**
                             * Format: date
                             * @description The day until which it counts without being looked at again; later periods are not judged.
                             */
                            review: string;
                            /** @description What was decided about it, the oldest first. */
                            steps: {
                                /**
                                 * @description What was decided.
                                 * @enum {string}
                                 */
                                state: "draft" | "consulted on" | "adopted" | "superseded" | "withdrawn";
                                /** @description The day, or as much of it as is known. */
                                on: string;
                                /** @description Who decided it. */
                                by: string;
                                /** @description Why. */
                                reason: string;
                            }[];
                            /** @description Where its life has come to: draft, adopted ... */
                            state: string;
                            /** @description Periods that it has judged, oldest first. */
                            judged: string[];
                            /** @description Where its page is, on the same site. */
                            page: string;
                        };
                        /** @description Of which state the answer speaks. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                        };
                        /** @description Where to ask again. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this code. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJudgements: {
        parameters: {
            query?: {
                /** @description The code of a standard. */
                standard?: string;
                /** @description The code of a service. */
                service?: string;
                /** @description Of which kind of standard. */
                kind?: "floor" | "excellence" | "entitlement" | "ambition";
                /** @description A period. */
                period?: string;
                /** @description Codes of providers or places, with commas between, 100 at most. */
                subject?: string;
                /** @description The code of a place: only providers and places that lie in it. */
                within?: string;
                /** @description What was found. */
                outcome?: "met" | "not met" | "not shown either way" | "not judged";
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "code" | "-code" | "standard" | "-standard" | "period" | "-period" | "outcome" | "-outcome" | "probabilityBelow" | "-probabilityBelow";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who met which standard */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description The code of the standard. */
                            standard: string;
                            /**
                             * @description What the standard is for.
                             * @enum {string}
                             */
                            kind: "floor" | "excellence" | "entitlement" | "ambition";
                            /** @description Such as 2022-23, 2024 or 2024-03, as the indicator names its periods. */
                            period: string;
                            /** @description Of the provider or place that was judged. */
                            code: string;
                            /** @description Where the line lay in that period, in the unit of the indicator. */
                            threshold: number;
                            /**
                             * @description met and not met are sure at 95%; not shown either way is not.
                             * @enum {string}
                             */
                            outcome: "met" | "not met" | "not shown either way" | "not judged";
                            /** @description Why it was not judged. */
                            reason: ("" | "suppressed" | "missing" | "not-applicable" | "unreliable" | "no interval" | "lapsed" | "too few") | null;
                            /** @description That the true value lies below the threshold, 0 to 1. */
                            probabilityBelow: number | null;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCards: {
        parameters: {
            query?: {
                /** @description The code of a service. */
                service?: string;
                /** @description Codes of providers, with commas between, 100 at most. */
                subject?: string;
                /** @description The code of a place: only providers that lie in it. */
                within?: string;
                /** @description The overall grade; none for those without one. */
                grade?: "F" | "D" | "C" | "B" | "A" | "none";
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "code" | "-code" | "name" | "-name" | "service" | "-service" | "score" | "-score";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Report cards */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description The code of the service. */
                            service: string;
                            /** @description The code of the provider. */
                            code: string;
                            /** @description What the provider is called. */
                            name: string;
                            /** @description The provider has closed. */
                            closed: boolean;
                            /** @description The grade of the whole card. */
                            overall: {
                                /** @description F, D, C, B or A (the best); null where there is too little to say. */
                                grade: ("F" | "D" | "C" | "B" | "A") | null;
                                /** @description 0 to 100; 50 is where those alike stand. */
                                score: number | null;
                                /** @description How far chance may have moved the score. */
                                standardError: number | null;
                                /** @description How probable each grade is, 0 to 1. */
                                probability: {
                                    [key: string]: number;
                                } | null;
                            };
                            /** @description The grade of each part. */
                            parts: {
                                [key: string]: {
                                    /** @description F, D, C, B or A (the best); null where there is too little to say. */
                                    grade: ("F" | "D" | "C" | "B" | "A") | null;
                                    /** @description 0 to 100; 50 is where those alike stand. */
                                    score: number | null;
                                    /** @description How far chance may have moved the score. */
                                    standardError: number | null;
                                    /** @description How probable each grade is, 0 to 1. */
                                    probability: {
                                        [key: string]: number;
                                    } | null;
                                };
                            };
                            /** @description What it rests on, figure by figure. */
                            items: {
                                /**
                                 * @description The part of the card that it counts in.
                                 * @enum {string}
                                 */
                                part: "outcomes" | "experience" | "fairness" | "value";
                                /** @description The code of the indicator. */
                                indicator: string;
                                /** @description How much it counts within its part. */
                                weight: number;
                                /** @description Of a gap: the group that is behind. */
                                behind: string | null;
                                /** @description Of a gap: the group that is ahead. */
                                ahead: string | null;
                                /**
                                 * @description How sure its score is: by its own interval, by how far the figures of its part differ (spread), as it stands; or why it has none (no figure, hidden, too few others, left out). aged: a rating, less sure for its age.
                                 * @enum {string}
                                 */
                                state: "interval" | "spread" | "as it stands" | "no figure" | "hidden" | "too few others" | "aged" | "left out";
                                /** @description 0 to 100; 50 is where those alike stand. Null where it has none. */
                                score: number | null;
                                /** @description Of which period its figure is; null where there is none. */
                                period: string | null;
                            }[];
                            /** @description Where its page is, on the same site. */
                            page: string;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFairness: {
        parameters: {
            query?: {
                /** @description The code of a service. */
                service?: string;
                /** @description The code of an indicator. */
                indicator?: string;
                /** @description A period. */
                period?: string;
                /** @description What kind of figure. */
                measure?: "mean" | "figure" | "gap" | "ratio" | "slope" | "more than chance" | "change";
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "indicator" | "-indicator" | "period" | "-period" | "measure" | "-measure" | "value" | "-value";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gaps by deprivation and between groups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description The code of the service. */
                            service: string;
                            /** @description The code of the indicator. */
                            indicator: string;
                            /** @description Such as 2022-23, 2024 or 2024-03, as the indicator names its periods. */
                            period: string;
                            /**
                             * @description A mean of a fifth or a group, a figure of a tenth as its source gives it, a gap, a ratio, a slope, the share of a spread that is more than chance (0 to 1), or the change of a gap.
                             * @enum {string}
                             */
                            measure: "mean" | "figure" | "gap" | "ratio" | "slope" | "more than chance" | "change";
                            /** @description “fifth 1 less fifth 5” (1 is the most deprived), “sex=boys less sex=girls”. */
                            of: string;
                            /** @description In the indicator’s unit, but for ratios and shares. */
                            value: number;
                            /** @description The lower end of its 95% interval. */
                            lower95: number;
                            /** @description The upper end of its 95% interval. */
                            upper95: number;
                            /** @description How many it rests on; null where it rests on people that a source counted. */
                            providers: number | null;
                            /** @description Of a change: the period before. */
                            since: string | null;
                            /** @description Of a change: which way; uncertain where the data cannot tell. */
                            way: ("narrowed" | "widened" | "turned" | "uncertain") | null;
                            /** @description Where the page is that shows it. */
                            page: string;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listYardstick: {
        parameters: {
            query?: {
                /** @description The code of an indicator of the yardstick. */
                indicator?: string;
                /** @description Outcomes, experience, fairness or value for money. */
                part?: "outcomes" | "experience" | "fairness" | "value for money";
                /** @description The code of a place. */
                place?: string;
                /** @description This country, others, or single services and regions here. */
                side?: "home" | "abroad" | "local";
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "indicator" | "-indicator" | "name" | "-name" | "place" | "-place" | "placeName" | "-placeName" | "period" | "-period" | "value" | "-value";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Known figures of this country and of others */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description The code of an indicator of the yardstick. */
                            indicator: string;
                            /** @description What is measured. */
                            name: string;
                            /**
                             * @description Of the four parts by which services are measured.
                             * @enum {string}
                             */
                            part: "outcomes" | "experience" | "fairness" | "value for money";
                            /** @description The code of a country, a city, a region ... */
                            place: string;
                            /** @description What the place is called. */
                            placeName: string;
                            /**
                             * @description This country (home), another one or a part of it (abroad), or one service here.
                             * @enum {string}
                             */
                            side: "home" | "abroad" | "local";
                            /** @description Of whom there; empty for everyone. */
                            group: string;
                            /** @description The year or years, as the source gives them. */
                            period: string;
                            /**
                             * @description `value`, or why there is none.
                             * @enum {string}
                             */
                            status: "value" | "suppressed" | "missing" | "not-applicable" | "unreliable";
                            /** @description In the unit of the indicator; null where the source tells it in words alone. */
                            value: number | null;
                            /** @description Null: the source gives no interval. */
                            lower95: number | null;
                            /** @description Null: the source gives no interval. */
                            upper95: number | null;
                            /** @description The source’s own words. */
                            said: string | null;
                            /** @description The number of the release that it comes from. */
                            release: number;
                            /** @description Where the page is that shows it. */
                            page: string;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReleases: {
        parameters: {
            query?: {
                /** @description The code of a service. */
                service?: string;
                /** @description The code of a dataset. */
                dataset?: string;
                /** @description Current, replaced by a correction, or withdrawn. */
                state?: "published" | "superseded" | "withdrawn";
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "id" | "-id" | "dataset" | "-dataset" | "title" | "-title" | "period" | "-period" | "publishedAt" | "-publishedAt" | "publishedOn" | "-publishedOn";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was published, corrected and withdrawn */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description Its number: observations name it as `release`. */
                            id: number;
                            /** @description The code of what it is a release of: corrections have the same. */
                            dataset: string;
                            /** @description What the dataset is called. */
                            title: string;
                            /** @description Who published the file. */
                            publisher: string;
                            /** @description The address of the file or of the page that tells of it. */
                            source: string;
                            /** @description Under which licence its figures may be used. */
                            licence: string;
                            /** @description Of which period its figures are. */
                            period: string;
                            /** @description Which part of a dataset that comes in several; null for the whole. */
                            part: string | null;
                            /** @description The code of its service; null where it is of places or of several. */
                            service: string | null;
                            /**
                             * @description published: it counts. superseded: a correction took its place. withdrawn: it was taken back.
                             * @enum {string}
                             */
                            status: "published" | "superseded" | "withdrawn";
                            /** @description What the file was called. */
                            fileName: string;
                            /** @description Of the file that it was read from; withheld where its small counts are hidden or rounded. */
                            sha256: string;
                            /** @description The size of that file; where its small counts are hidden or rounded, rounded up to the next 10,000. */
                            bytes: number;
                            /** @description Rows of the file. */
                            rowsRead: number;
                            /** @description Rows that were taken. */
                            rowsAccepted: number;
                            /** @description Rows that were refused: `checks` of one release says why. */
                            rowsRefused: number;
                            /** @description When its source published it. */
                            publishedOn: string | null;
                            /** @description When it was published here. */
                            publishedAt: string | null;
                            /** @description The release whose place it took; null where it is the first. */
                            supersedes: number | null;
                            /** @description The release that took its place; null while it counts. */
                            supersededBy: number | null;
                            /** @description Why it was published. */
                            reason: string;
                            /** @description Why it counts no more; null while it does. */
                            endReason: string | null;
                            /** @description Where its page is, on the same site. */
                            page: string;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pushRelease: {
        parameters: {
            query: {
                /**
                 * @description The descriptor to read it by: your token says which you may send.
                 * @example clinics
                 */
                descriptor: string;
                /**
                 * @description The file’s name, as the descriptor knows such files: it often holds the period, as in clinics-2024.csv.
                 * @example clinics-2024.csv
                 */
                file: string;
                /** @description When its figures are of, such as 2025-26: for kinds of file that do not say it themselves, and for those alone. */
                period?: string;
                /** @description Say what is wrong with it and what it would change, and keep nothing. */
                "dry-run"?: "true" | "false";
                /** @description Publish it (where the token may, the default) or keep it as a draft for a steward. */
                publish?: "true" | "false";
                /** @description Why, as the record and the release’s page say. */
                reason?: string;
            };
            header?: {
                /** @description Your own name for this push, such as its day. Sent again with the same bytes it is the same push, and answered the same; with other bytes it is refused. Answers are kept for 30 days. */
                "idempotency-key"?: string;
                /** @description How the body is packed: gzip, or not at all. */
                "content-encoding"?: "gzip" | "identity";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example code,name,kind,seen,in time,visitors
                 *     C100,Clinic 0,country,50,100,200
                 */
                "text/csv": string;
                /** @example {"code":"C100","name":"Clinic 0","kind":"country","seen":50,"in time":100,"visitors":200} */
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description A dry run found nothing wrong, or these bytes are published already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What came of it. */
                        data: {
                            /** @description Its own name: `/pushes/ID` says what came of it. */
                            id: string;
                            /**
                             * @description `published`: It counts: its release is public. `draft`: It is kept for a steward, who publishes it. `same`: These bytes are published already: nothing was to be done. `checked`: A dry run found nothing wrong. Nothing is kept. `refused`: Something is wrong with it. Nothing is kept. `under-way`: It is being read, or waits for those before it. `interrupted`: It was cut off. Nothing is kept: send it again.
                             * @enum {string}
                             */
                            state: "published" | "draft" | "same" | "checked" | "refused" | "under-way" | "interrupted";
                            /** @description What happened, in words. */
                            sentence: string | null;
                            /** @description The public name of the token. */
                            publisher: string;
                            /** @description By which descriptor it was read. */
                            descriptor: string;
                            /** @description The file’s name. */
                            file: string;
                            /** @description It was a trial: nothing is kept. */
                            dryRun: boolean;
                            /** @description The number of the release that holds it. */
                            release: number | null;
                            /** @description Since which publication it counts. */
                            publication: number | null;
                            /** @description The release that it corrects. */
                            supersedes: number | null;
                            /** @description The check: rows read, accepted and refused, and every rule with its first lines. */
                            report: {
                                /** @description By which descriptor it was read. */
                                descriptor: string;
                                /** @description Of which period it is; null where its rows say. */
                                period: string | null;
                                /** @description The checksum of the file. */
                                sha256: string;
                                /** @description Its size. */
                                bytes: number;
                                /** @description Always rowsAccepted and rowsRefused together. */
                                rowsRead: number;
                                /** @description Rows that are taken. */
                                rowsAccepted: number;
                                /** @description Rows that are refused. */
                                rowsRefused: number;
                                /** @description Figures that were read from them. */
                                observations: number;
                                /** @description The headers of the columns by what became of them; null for boundaries. */
                                columns: {
                                    /** @description Those that hold figures. */
                                    figures: string[];
                                    /** @description Those that say whom a figure is about, when and of which group. */
                                    descriptions: string[];
                                    /** @description Those that were checked and no more. */
                                    checked: string[];
                                    /** @description Those that nobody reads. */
                                    ignored: string[];
                                } | null;
                                /** @description What is wrong, rule by rule. */
                                rules: {
                                    /** @description The rule’s code: duplicate, percentage, limits, total, unknown ... */
                                    rule: string;
                                    /**
                                     * @description refuse: the row is not taken. warn and note: it is, and somebody should know.
                                     * @enum {string}
                                     */
                                    severity: "refuse" | "warn" | "note";
                                    /** @description How many cells broke it. */
                                    count: number;
                                    /** @description What is wrong, in words. */
                                    sentence: string;
                                    /** @description The first twenty cells that broke it. */
                                    examples: {
                                        /** @description Of the file; 1 is the header’s. */
                                        line: number;
                                        /** @description The column’s header; null where it is of the whole row. */
                                        column: string | null;
                                        /** @description What stands there. */
                                        value: string | null;
                                        /** @description Where it says more of this cell than the rule’s sentence. */
                                        sentence?: string;
                                    }[];
                                }[];
                            } | null;
                            /** @description A dry run: how many figures differ from what is published. */
                            changes?: {
                                /** @description The release whose place it would take; null: none. */
                                supersedes: number | null;
                                /** @description Figures that stay as they are. */
                                same: number;
                                /** @description Of the same, those that the source keeps back in both. */
                                suppressed: number;
                                /** @description Figures that become others. */
                                changed: number;
                                /** @description Of the changed, those that have a value there and none in the file. */
                                withoutValue: number;
                                /** @description Figures that were not there. */
                                added: number;
                                /** @description Figures that the file has no more. */
                                gone: number;
                                /** @description Those that the release hides, keeps back or rounds, since few people are behind some: not compared. */
                                hidden: number;
                            };
                            /** @description A dry run of a kind of file whose small counts are hidden: whether it could be made safe, and how many figures would be hidden. It is tried by itself: what an earlier release hides is not held against it, since one could find that out by trying. */
                            disclosure?: {
                                /** @description Whether nobody’s count could be worked out. */
                                safe: boolean;
                                /** @description Figures in all. */
                                figures: number;
                                /** @description Figures that would be hidden; null where it could not be made safe. */
                                hidden: number | null;
                                /** @description Counts that could be worked out, whatever is hidden. */
                                leaks: number;
                                /** @description To what all counts would be rounded; null where small ones are hidden instead. */
                                roundedTo: number | null;
                            };
                        };
                        /** @description Where to look next. */
                        links: {
                            /** @description Where to ask again what came of it. */
                            self: string;
                            /** @description The release, once it is published. */
                            release: string | null;
                        };
                    };
                };
            };
            /** @description It is published, or kept as a draft. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What came of it. */
                        data: {
                            /** @description Its own name: `/pushes/ID` says what came of it. */
                            id: string;
                            /**
                             * @description `published`: It counts: its release is public. `draft`: It is kept for a steward, who publishes it. `same`: These bytes are published already: nothing was to be done. `checked`: A dry run found nothing wrong. Nothing is kept. `refused`: Something is wrong with it. Nothing is kept. `under-way`: It is being read, or waits for those before it. `interrupted`: It was cut off. Nothing is kept: send it again.
                             * @enum {string}
                             */
                            state: "published" | "draft" | "same" | "checked" | "refused" | "under-way" | "interrupted";
                            /** @description What happened, in words. */
                            sentence: string | null;
                            /** @description The public name of the token. */
                            publisher: string;
                            /** @description By which descriptor it was read. */
                            descriptor: string;
                            /** @description The file’s name. */
                            file: string;
                            /** @description It was a trial: nothing is kept. */
                            dryRun: boolean;
                            /** @description The number of the release that holds it. */
                            release: number | null;
                            /** @description Since which publication it counts. */
                            publication: number | null;
                            /** @description The release that it corrects. */
                            supersedes: number | null;
                            /** @description The check: rows read, accepted and refused, and every rule with its first lines. */
                            report: {
                                /** @description By which descriptor it was read. */
                                descriptor: string;
                                /** @description Of which period it is; null where its rows say. */
                                period: string | null;
                                /** @description The checksum of the file. */
                                sha256: string;
                                /** @description Its size. */
                                bytes: number;
                                /** @description Always rowsAccepted and rowsRefused together. */
                                rowsRead: number;
                                /** @description Rows that are taken. */
                                rowsAccepted: number;
                                /** @description Rows that are refused. */
                                rowsRefused: number;
                                /** @description Figures that were read from them. */
                                observations: number;
                                /** @description The headers of the columns by what became of them; null for boundaries. */
                                columns: {
                                    /** @description Those that hold figures. */
                                    figures: string[];
                                    /** @description Those that say whom a figure is about, when and of which group. */
                                    descriptions: string[];
                                    /** @description Those that were checked and no more. */
                                    checked: string[];
                                    /** @description Those that nobody reads. */
                                    ignored: string[];
                                } | null;
                                /** @description What is wrong, rule by rule. */
                                rules: {
                                    /** @description The rule’s code: duplicate, percentage, limits, total, unknown ... */
                                    rule: string;
                                    /**
                                     * @description refuse: the row is not taken. warn and note: it is, and somebody should know.
                                     * @enum {string}
                                     */
                                    severity: "refuse" | "warn" | "note";
                                    /** @description How many cells broke it. */
                                    count: number;
                                    /** @description What is wrong, in words. */
                                    sentence: string;
                                    /** @description The first twenty cells that broke it. */
                                    examples: {
                                        /** @description Of the file; 1 is the header’s. */
                                        line: number;
                                        /** @description The column’s header; null where it is of the whole row. */
                                        column: string | null;
                                        /** @description What stands there. */
                                        value: string | null;
                                        /** @description Where it says more of this cell than the rule’s sentence. */
                                        sentence?: string;
                                    }[];
                                }[];
                            } | null;
                            /** @description A dry run: how many figures differ from what is published. */
                            changes?: {
                                /** @description The release whose place it would take; null: none. */
                                supersedes: number | null;
                                /** @description Figures that stay as they are. */
                                same: number;
                                /** @description Of the same, those that the source keeps back in both. */
                                suppressed: number;
                                /** @description Figures that become others. */
                                changed: number;
                                /** @description Of the changed, those that have a value there and none in the file. */
                                withoutValue: number;
                                /** @description Figures that were not there. */
                                added: number;
                                /** @description Figures that the file has no more. */
                                gone: number;
                                /** @description Those that the release hides, keeps back or rounds, since few people are behind some: not compared. */
                                hidden: number;
                            };
                            /** @description A dry run of a kind of file whose small counts are hidden: whether it could be made safe, and how many figures would be hidden. It is tried by itself: what an earlier release hides is not held against it, since one could find that out by trying. */
                            disclosure?: {
                                /** @description Whether nobody’s count could be worked out. */
                                safe: boolean;
                                /** @description Figures in all. */
                                figures: number;
                                /** @description Figures that would be hidden; null where it could not be made safe. */
                                hidden: number | null;
                                /** @description Counts that could be worked out, whatever is hidden. */
                                leaks: number;
                                /** @description To what all counts would be rounded; null where small ones are hidden instead. */
                                roundedTo: number | null;
                            };
                        };
                        /** @description Where to look next. */
                        links: {
                            /** @description Where to ask again what came of it. */
                            self: string;
                            /** @description The release, once it is published. */
                            release: string | null;
                        };
                    };
                };
            };
            /** @description It is under way: ask at `location`. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What came of it. */
                        data: {
                            /** @description Its own name: `/pushes/ID` says what came of it. */
                            id: string;
                            /**
                             * @description `published`: It counts: its release is public. `draft`: It is kept for a steward, who publishes it. `same`: These bytes are published already: nothing was to be done. `checked`: A dry run found nothing wrong. Nothing is kept. `refused`: Something is wrong with it. Nothing is kept. `under-way`: It is being read, or waits for those before it. `interrupted`: It was cut off. Nothing is kept: send it again.
                             * @enum {string}
                             */
                            state: "published" | "draft" | "same" | "checked" | "refused" | "under-way" | "interrupted";
                        };
                        /** @description Where to look next. */
                        links: {
                            /** @description Where to ask again what came of it. */
                            self: string;
                            /** @description The release, once it is published. */
                            release: string | null;
                        };
                    };
                };
            };
            /** @description A parameter or the body cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no token, or it is not valid now. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is under way: what was sent with this key is being read. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More was sent than is taken at a time. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Figures are not taken in this form. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The figures are refused, with the lines and columns that are wrong; or the key was used for others. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It could not be read to its end, and nothing was kept: send it again. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too much is under way: wait as long as `retry-after` says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRelease: {
        parameters: {
            query?: {
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path: {
                /** @description Its code. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One release */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What was asked for. */
                        data: {
                            /** @description Its number: observations name it as `release`. */
                            id: number;
                            /** @description The code of what it is a release of: corrections have the same. */
                            dataset: string;
                            /** @description What the dataset is called. */
                            title: string;
                            /** @description Who published the file. */
                            publisher: string;
                            /** @description The address of the file or of the page that tells of it. */
                            source: string;
                            /** @description Under which licence its figures may be used. */
                            licence: string;
                            /** @description Of which period its figures are. */
                            period: string;
                            /** @description Which part of a dataset that comes in several; null for the whole. */
                            part: string | null;
                            /** @description The code of its service; null where it is of places or of several. */
                            service: string | null;
                            /**
                             * @description published: it counts. superseded: a correction took its place. withdrawn: it was taken back.
                             * @enum {string}
                             */
                            status: "published" | "superseded" | "withdrawn";
                            /** @description What the file was called. */
                            fileName: string;
                            /** @description Of the file that it was read from; withheld where its small counts are hidden or rounded. */
                            sha256: string;
                            /** @description The size of that file; where its small counts are hidden or rounded, rounded up to the next 10,000. */
                            bytes: number;
                            /** @description Rows of the file. */
                            rowsRead: number;
                            /** @description Rows that were taken. */
                            rowsAccepted: number;
                            /** @description Rows that were refused: `checks` of one release says why. */
                            rowsRefused: number;
                            /** @description When its source published it. */
                            publishedOn: string | null;
                            /** @description When it was published here. */
                            publishedAt: string | null;
                            /** @description The release whose place it took; null where it is the first. */
                            supersedes: number | null;
                            /** @description The release that took its place; null while it counts. */
                            supersededBy: number | null;
                            /** @description Why it was published. */
                            reason: string;
                            /** @description Why it counts no more; null while it does. */
                            endReason: string | null;
                            /** @description Where its page is, on the same site. */
                            page: string;
                            /** @description Codes of the indicators of which it has figures. */
                            indicators: string[];
                            /** @description What the checks found, rule by rule. */
                            checks: {
                                /** @description The code of a rule that rows broke. */
                                rule: string;
                                /**
                                 * @description refuse: the row was not taken. warn and note: it was, and somebody should know.
                                 * @enum {string}
                                 */
                                severity: "refuse" | "warn" | "note";
                                /** @description How many cells broke it. */
                                count: number;
                                /** @description What is wrong, in words. */
                                sentence: string;
                            }[];
                            /** @description What this release itself changed, never what a later one did (that stands with `supersededBy`). The first 100; all of them are at `/releases/{code}/changes.json` and `.csv`, beside the pages. */
                            changes: {
                                /** @description The code of the provider or place. */
                                subject: string;
                                /**
                                 * @description Whether it is a provider or a place.
                                 * @enum {string}
                                 */
                                kind: "provider" | "place";
                                /** @description What it is called. */
                                name: string;
                                /** @description The code of the indicator. */
                                indicator: string;
                                /** @description As `group` of /observations: empty for everyone. */
                                breakdown: string;
                                /** @description Such as 2022-23, 2024 or 2024-03, as the indicator names its periods. */
                                period: string;
                                /** @description The value that stood before; null where there was none. */
                                before: number | null;
                                /** @description Whether there was a value, or why there was none; `absent` where the file had nothing of it. Null of corrections that were published before statuses were kept. */
                                beforeStatus: ("value" | "suppressed" | "missing" | "not-applicable" | "unreliable" | "absent") | null;
                                /** @description The value since then; null where there is none. */
                                after: number | null;
                                /** @description Whether there was a value, or why there was none; `absent` where the file had nothing of it. Null of corrections that were published before statuses were kept. */
                                afterStatus: ("value" | "suppressed" | "missing" | "not-applicable" | "unreliable" | "absent") | null;
                            }[];
                            /** @description How many figures it changed in all. */
                            changeCount: number;
                        };
                        /** @description Of which state the answer speaks. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                        };
                        /** @description Where to ask again. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this code. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReplies: {
        parameters: {
            query?: {
                /** @description Codes of providers, with commas between, 100 at most. */
                provider?: string;
                /** @description What it is about. */
                kind?: "card" | "figure" | "judgement" | "signal";
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "date" | "-date";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What providers say of what is said of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description The code of the provider. */
                            provider: string;
                            /**
                             * @description What it is about.
                             * @enum {string}
                             */
                            kind: "card" | "figure" | "judgement" | "signal";
                            /** @description The code of the service whose card it is, of the indicator or the standard; or the key of the signal. */
                            about: string;
                            /** @description Of what it was about when it was given; empty for none. */
                            period: string;
                            /**
                             * @description Whether it stands, or was withdrawn.
                             * @enum {string}
                             */
                            state: "given" | "withdrawn";
                            /** @description What whoever replied is to the provider. */
                            role: string;
                            /** @description Only where they chose to give it. */
                            name: string | null;
                            /** @description The day on which it was last given or changed. */
                            date: string;
                            /** @description Null once it has been withdrawn. */
                            text: string | null;
                            /** @description Why it was withdrawn; null once that was erased. */
                            why: string | null;
                            /** @description How often it was given or changed. */
                            versions: number;
                            /** @description The number of its entry on the public record. */
                            entry: number;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCorrections: {
        parameters: {
            query?: {
                /** @description Codes of providers, with commas between, 100 at most. */
                provider?: string;
                /** @description What it is about. */
                kind?: "card" | "figure" | "judgement" | "signal";
                /** @description What became of it. */
                outcome?: "waiting" | "accepted" | "refused";
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "due" | "-due";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Corrections that were asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description Its number. */
                            id: number;
                            /** @description The code of the provider. */
                            provider: string;
                            /**
                             * @description What it is about.
                             * @enum {string}
                             */
                            kind: "card" | "figure" | "judgement" | "signal";
                            /** @description The code of the service whose card it is, of the indicator or the standard; or the key of the signal. */
                            about: string;
                            /** @description Of what it was about when it was given; empty for none. */
                            period: string;
                            /** @description What whoever asked is to the provider. */
                            role: string;
                            /** @description The day on which it was asked for. */
                            askedOn: string;
                            /** @description By the end of which day it is to be answered. */
                            due: string;
                            /**
                             * @description What became of it.
                             * @enum {string}
                             */
                            outcome: "waiting" | "accepted" | "refused";
                            /** @description The day of the answer; null while it waits. */
                            answeredOn: string | null;
                            /** @description The release that corrects. */
                            release: number | null;
                            /** @description The reason of the answer; null where none was given, or it was erased. */
                            why: string | null;
                            /** @description Null where the words are not public. */
                            wrong: string | null;
                            /** @description What is right, as whoever asked says; null where the words are not public. */
                            rightIs: string | null;
                            /** @description What shows it, as whoever asked says; null where the words are not public. */
                            evidence: string | null;
                            /** @description Where its page is, on the same site. */
                            page: string;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStories: {
        parameters: {
            query?: {
                /** @description The code of a provider. */
                provider?: string;
                /** @description The code of a service. */
                service?: string;
                /** @description The code of a place that the provider lay in when the story was told. */
                place?: string;
                /** @description What it is about. */
                theme?: "staff" | "information" | "waiting" | "access" | "result" | "safety" | "dignity" | "place";
                /** @description How it felt. */
                feeling?: "grateful" | "listened-to" | "safe" | "hopeful" | "worried" | "ignored" | "confused" | "upset" | "angry";
                /** @description What became of it. */
                became?: "no-reply" | "replied" | "planned" | "changed";
                /** @description A part of its words. */
                q?: string;
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "publishedOn" | "-publishedOn" | "id" | "-id";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What people tell of services */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description Its number. */
                            id: number;
                            /** @description The code of the provider that it is about. */
                            provider: string;
                            /** @description The code of the service. */
                            service: string;
                            /** @description The day on which it was published. */
                            publishedOn: string;
                            /** @description What it is about, as a moderator says. */
                            themes: string[];
                            /** @description How it felt, as its teller says. */
                            feelings: string[];
                            /** @description Who tells it: self, family, carer or other. */
                            teller: string;
                            /** @description When it was, such as 2026-11; empty for not said. */
                            month: string;
                            /** @description What happened, in its teller’s words. */
                            happened: string;
                            /** @description What was good, in its teller’s words; empty where nothing was said. */
                            good: string;
                            /** @description What could be better, in its teller’s words; empty where nothing was said. */
                            better: string;
                            /** @description By the end of which day a reply is due. */
                            due: string | null;
                            /** @description The day of the first reply that counts. */
                            repliedOn: string | null;
                            /** @description The words of the reply; null where there is none. */
                            reply: string | null;
                            /** @description What whoever replied is to the provider. */
                            replyBy: string | null;
                            /** @description Whether that reply counts: false where a moderator says that it does not answer the story. */
                            replyCounts: boolean | null;
                            /** @description What a reply says will change; null until a moderator has read it. */
                            change: string | null;
                            /** @description The day by which it is to change; null where none was said. */
                            changeBy: string | null;
                            /** @description Whether a moderator has read it, and what became of it. */
                            changeState: ("unread" | "planned" | "refused" | "made" | "dropped") | null;
                            /** @description The day on which it was made or dropped; null before. */
                            changeEndedOn: string | null;
                            /** @description Whether it helped, by its teller. */
                            helped: ("yes" | "partly" | "no") | null;
                            /** @description What that was said of: the reply, or the change that was made. */
                            helpedOf: ("reply" | "change") | null;
                            /** @description Where its page is, on the same site. */
                            page: string;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSurveys: {
        parameters: {
            query?: {
                /** @description The code of a service. */
                service?: string;
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "opens" | "-opens" | "closes" | "-closes" | "id" | "-id";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Surveys of those who use services */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description Its number. */
                            id: string;
                            /** @description What it is called. */
                            title: string;
                            /** @description The code of the service. */
                            service: string;
                            /** @description Its first day. */
                            opens: string;
                            /** @description Its last day, as it was planned. */
                            closes: string;
                            /** @description The day on which it was ended before. */
                            endedOn: string | null;
                            /** @description It is of the example area: nobody real was asked. */
                            invented: boolean;
                            /** @description Of which standard questions it is made. */
                            instrument: string;
                            /** @description What is asked, in order. */
                            questions: {
                                /** @description It lasts: the same question has it in every survey. */
                                code: string;
                                /**
                                 * @description How it is answered.
                                 * @enum {string}
                                 */
                                type: "scale" | "single" | "multiple" | "number" | "text";
                                /** @description What it is about, so that services compare. */
                                part: ("overall" | "timeliness" | "ease" | "information" | "staff" | "fairness" | "outcome" | "dignity") | null;
                                /** @description What is asked. */
                                words: {
                                    /** @description In English. */
                                    en: string;
                                    /** @description In Welsh. */
                                    cy: string;
                                };
                                /** @description What can be answered, in order; empty where people write. */
                                options: {
                                    /** @description It lasts, as the code of its question does. */
                                    code: string;
                                    /** @description What can be answered. */
                                    words: {
                                        /** @description In English. */
                                        en: string;
                                        /** @description In Welsh. */
                                        cy: string;
                                    };
                                }[];
                            }[];
                            /** @description How people come to it. */
                            ways: ("link" | "poster" | "kiosk" | "letter" | "email" | "appointment")[];
                            /** @description How many it is about. */
                            providers: number;
                            /** @description How many people were drawn by lot and invited. */
                            invited: number;
                            /** @description Of those who were drawn by lot and invited, how many answered, rounded down to the next 5; null for fewer, and while it is open. */
                            sampled: number | null;
                            /** @description Of those who were asked after an appointment, how many answered, rounded down to the next 5; null for fewer, and while it is open. */
                            appointment: number | null;
                            /** @description How many came by themselves and answered, rounded down to the next 5; null for fewer, and while it is open. */
                            open: number | null;
                            /** @description The release that holds its figures, which names their indicators (`/releases/{number}`); null until they are published. */
                            release: number | null;
                            /** @description Where its page is, on the same site. */
                            page: string;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSurvey: {
        parameters: {
            query?: {
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path: {
                /** @description Its code. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One survey */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What was asked for. */
                        data: {
                            /** @description Its number. */
                            id: string;
                            /** @description What it is called. */
                            title: string;
                            /** @description The code of the service. */
                            service: string;
                            /** @description Its first day. */
                            opens: string;
                            /** @description Its last day, as it was planned. */
                            closes: string;
                            /** @description The day on which it was ended before. */
                            endedOn: string | null;
                            /** @description It is of the example area: nobody real was asked. */
                            invented: boolean;
                            /** @description Of which standard questions it is made. */
                            instrument: string;
                            /** @description What is asked, in order. */
                            questions: {
                                /** @description It lasts: the same question has it in every survey. */
                                code: string;
                                /**
                                 * @description How it is answered.
                                 * @enum {string}
                                 */
                                type: "scale" | "single" | "multiple" | "number" | "text";
                                /** @description What it is about, so that services compare. */
                                part: ("overall" | "timeliness" | "ease" | "information" | "staff" | "fairness" | "outcome" | "dignity") | null;
                                /** @description What is asked. */
                                words: {
                                    /** @description In English. */
                                    en: string;
                                    /** @description In Welsh. */
                                    cy: string;
                                };
                                /** @description What can be answered, in order; empty where people write. */
                                options: {
                                    /** @description It lasts, as the code of its question does. */
                                    code: string;
                                    /** @description What can be answered. */
                                    words: {
                                        /** @description In English. */
                                        en: string;
                                        /** @description In Welsh. */
                                        cy: string;
                                    };
                                }[];
                            }[];
                            /** @description How people come to it. */
                            ways: ("link" | "poster" | "kiosk" | "letter" | "email" | "appointment")[];
                            /** @description How many it is about. */
                            providers: number;
                            /** @description How many people were drawn by lot and invited. */
                            invited: number;
                            /** @description Of those who were drawn by lot and invited, how many answered, rounded down to the next 5; null for fewer, and while it is open. */
                            sampled: number | null;
                            /** @description Of those who were asked after an appointment, how many answered, rounded down to the next 5; null for fewer, and while it is open. */
                            appointment: number | null;
                            /** @description How many came by themselves and answered, rounded down to the next 5; null for fewer, and while it is open. */
                            open: number | null;
                            /** @description The release that holds its figures, which names their indicators (`/releases/{number}`); null until they are published. */
                            release: number | null;
                            /** @description Where its page is, on the same site. */
                            page: string;
                        };
                        /** @description Of which state the answer speaks. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                        };
                        /** @description Where to ask again. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing of this code. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query: {
                /** @description What to look for. */
                q: string;
                /** @description How many at a time, 1 to 1,000. Default: 100. */
                limit?: number;
                /** @description Where to go on: taken from `links.next` of the answer before. It stays in the state that the first answer spoke of, whatever is published meanwhile. */
                cursor?: string;
                /** @description Names of the members that are wanted, with commas between. Default: all. */
                fields?: string;
                /** @description By what to sort; with a minus, from the highest down. */
                sort?: "name" | "-name" | "code" | "-code" | "kind" | "-kind";
                /** @description A date such as 2026-11-24, or a moment: answers as they stood then. Default: now. */
                "as-of"?: "" | (string & (unknown & unknown)) | (string & (unknown & unknown));
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Providers and places by name, town, postcode, street or code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The rows, at most `limit` of them. */
                        data: {
                            /** @description The code of the provider or place. */
                            code: string;
                            /** @description What it is called. */
                            name: string;
                            /**
                             * @description Whether it is a provider or a place.
                             * @enum {string}
                             */
                            kind: "provider" | "place";
                            /** @description Of a provider: the code of its service. Null for places. */
                            service: string | null;
                            /** @description Of a place: ward, district and so on. Null for providers. */
                            level: string | null;
                            /** @description Of a provider: as its register writes it. */
                            postcode: string | null;
                            /** @description Of a provider: as its register writes it. */
                            town: string | null;
                            /** @description Its address, where it was found by that; null for all others. */
                            street: string | null;
                            /** @description It has closed. */
                            closed: boolean;
                            /** @description It holds what was sent; others are only like it. */
                            exact: boolean;
                            /** @description Where its page is, on the same site. */
                            page: string;
                        }[];
                        /** @description Of which state the answer speaks, and how much there is. */
                        meta: {
                            /** @description The publication that it answers from. */
                            state: {
                                /** @description The number of the last publication that counts. */
                                publication: number;
                                /** @description When it was published; null while nothing is. */
                                publishedAt: string | null;
                                /** @description It holds invented figures: the example area’s. */
                                invented: boolean;
                            };
                            /** @description How many there are in all; null where counting would cost more than reading. */
                            total: number | null;
                            /** @description Which filter left nothing, and how many rows there were before it; null where there are rows, and as long as `links.next` leads on: then not all has been gone through. */
                            emptied: {
                                /** @description The filter that left nothing. */
                                parameter: string;
                                /** @description What was sent in it. */
                                sent: string;
                                /** @description How many rows were left before it. */
                                before: number;
                                /** @description The same, in words. */
                                detail: string;
                            } | null;
                            /** @description Of the providers and places that were named: those that no current release describes any more. */
                            ended: {
                                /** @description As it was sent. */
                                code: string;
                                /** @description What became of it, and how its figures can still be seen, in words. */
                                detail: string;
                                /** @description Who came after it, where its source says so. */
                                successors: {
                                    /** @description The code of the provider or place. */
                                    code: string;
                                    /** @description What it is called. */
                                    name: string;
                                    /** @description Where its page is, on the same site. */
                                    page: string;
                                }[];
                            }[];
                            /** @description Of the codes that were named: those that nobody has. See whether they are mistyped. */
                            unknown: string[];
                        };
                        /** @description Where to ask again, and where to go on. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                            /** @description Where the list goes on; null at its end. */
                            next: string | null;
                        };
                    };
                };
            };
            /** @description The answer that you have is still the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not known or cannot be read. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPush: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name, from `location`. */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it, or that it is under way. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What came of it. */
                        data: {
                            /** @description Its own name: `/pushes/ID` says what came of it. */
                            id: string;
                            /**
                             * @description `published`: It counts: its release is public. `draft`: It is kept for a steward, who publishes it. `same`: These bytes are published already: nothing was to be done. `checked`: A dry run found nothing wrong. Nothing is kept. `refused`: Something is wrong with it. Nothing is kept. `under-way`: It is being read, or waits for those before it. `interrupted`: It was cut off. Nothing is kept: send it again.
                             * @enum {string}
                             */
                            state: "published" | "draft" | "same" | "checked" | "refused" | "under-way" | "interrupted";
                            /** @description What happened, in words. */
                            sentence: string | null;
                            /** @description The public name of the token. */
                            publisher: string;
                            /** @description By which descriptor it was read. */
                            descriptor: string;
                            /** @description The file’s name. */
                            file: string;
                            /** @description It was a trial: nothing is kept. */
                            dryRun: boolean;
                            /** @description The number of the release that holds it. */
                            release: number | null;
                            /** @description Since which publication it counts. */
                            publication: number | null;
                            /** @description The release that it corrects. */
                            supersedes: number | null;
                            /** @description The check: rows read, accepted and refused, and every rule with its first lines. */
                            report: {
                                /** @description By which descriptor it was read. */
                                descriptor: string;
                                /** @description Of which period it is; null where its rows say. */
                                period: string | null;
                                /** @description The checksum of the file. */
                                sha256: string;
                                /** @description Its size. */
                                bytes: number;
                                /** @description Always rowsAccepted and rowsRefused together. */
                                rowsRead: number;
                                /** @description Rows that are taken. */
                                rowsAccepted: number;
                                /** @description Rows that are refused. */
                                rowsRefused: number;
                                /** @description Figures that were read from them. */
                                observations: number;
                                /** @description The headers of the columns by what became of them; null for boundaries. */
                                columns: {
                                    /** @description Those that hold figures. */
                                    figures: string[];
                                    /** @description Those that say whom a figure is about, when and of which group. */
                                    descriptions: string[];
                                    /** @description Those that were checked and no more. */
                                    checked: string[];
                                    /** @description Those that nobody reads. */
                                    ignored: string[];
                                } | null;
                                /** @description What is wrong, rule by rule. */
                                rules: {
                                    /** @description The rule’s code: duplicate, percentage, limits, total, unknown ... */
                                    rule: string;
                                    /**
                                     * @description refuse: the row is not taken. warn and note: it is, and somebody should know.
                                     * @enum {string}
                                     */
                                    severity: "refuse" | "warn" | "note";
                                    /** @description How many cells broke it. */
                                    count: number;
                                    /** @description What is wrong, in words. */
                                    sentence: string;
                                    /** @description The first twenty cells that broke it. */
                                    examples: {
                                        /** @description Of the file; 1 is the header’s. */
                                        line: number;
                                        /** @description The column’s header; null where it is of the whole row. */
                                        column: string | null;
                                        /** @description What stands there. */
                                        value: string | null;
                                        /** @description Where it says more of this cell than the rule’s sentence. */
                                        sentence?: string;
                                    }[];
                                }[];
                            } | null;
                            /** @description A dry run: how many figures differ from what is published. */
                            changes?: {
                                /** @description The release whose place it would take; null: none. */
                                supersedes: number | null;
                                /** @description Figures that stay as they are. */
                                same: number;
                                /** @description Of the same, those that the source keeps back in both. */
                                suppressed: number;
                                /** @description Figures that become others. */
                                changed: number;
                                /** @description Of the changed, those that have a value there and none in the file. */
                                withoutValue: number;
                                /** @description Figures that were not there. */
                                added: number;
                                /** @description Figures that the file has no more. */
                                gone: number;
                                /** @description Those that the release hides, keeps back or rounds, since few people are behind some: not compared. */
                                hidden: number;
                            };
                            /** @description A dry run of a kind of file whose small counts are hidden: whether it could be made safe, and how many figures would be hidden. It is tried by itself: what an earlier release hides is not held against it, since one could find that out by trying. */
                            disclosure?: {
                                /** @description Whether nobody’s count could be worked out. */
                                safe: boolean;
                                /** @description Figures in all. */
                                figures: number;
                                /** @description Figures that would be hidden; null where it could not be made safe. */
                                hidden: number | null;
                                /** @description Counts that could be worked out, whatever is hidden. */
                                leaks: number;
                                /** @description To what all counts would be rounded; null where small ones are hidden instead. */
                                roundedTo: number | null;
                            };
                        };
                        /** @description Where to look next. */
                        links: {
                            /** @description Where to ask again what came of it. */
                            self: string;
                            /** @description The release, once it is published. */
                            release: string | null;
                        };
                    } | {
                        /** @description What came of it. */
                        data: {
                            /** @description Its own name: `/pushes/ID` says what came of it. */
                            id: string;
                            /**
                             * @description `published`: It counts: its release is public. `draft`: It is kept for a steward, who publishes it. `same`: These bytes are published already: nothing was to be done. `checked`: A dry run found nothing wrong. Nothing is kept. `refused`: Something is wrong with it. Nothing is kept. `under-way`: It is being read, or waits for those before it. `interrupted`: It was cut off. Nothing is kept: send it again.
                             * @enum {string}
                             */
                            state: "published" | "draft" | "same" | "checked" | "refused" | "under-way" | "interrupted";
                        };
                        /** @description Where to look next. */
                        links: {
                            /** @description Where to ask again what came of it. */
                            self: string;
                            /** @description The release, once it is published. */
                            release: string | null;
                        };
                    };
                };
            };
            /** @description There is no token, or it is not valid now. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This token has sent no push of that name. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportAppointments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Those that are over, 200 at a time. */
                    appointments: {
                        /**
                         * @description Your own name for the appointment, such as its number. Sent again it is the same appointment, and is answered the same.
                         * @example A-2026-1107
                         */
                        reference: string;
                        /**
                         * @description The code of the provider, one of those that your token names.
                         * @example C100
                         */
                        provider: string;
                        /** @description Under which you know who was seen, such as a number of yours: always the same for the same person. Left out, it is the email address. It is kept as a keyed hash alone. */
                        person?: string;
                        /**
                         * @description Where the survey asks by email. It is kept until the letter is sent.
                         * @example ada@example.org
                         */
                        email?: string & (unknown & unknown);
                        /**
                         * Format: date
                         * @description The day on which they were seen, 28 days ago at most.
                         * @example 2026-11-24
                         */
                        seen: string;
                        /**
                         * @description That they have died since: then they are not asked.
                         * @default false
                         */
                        died?: boolean;
                    }[];
                };
            };
        };
        responses: {
            /** @description What became of each, in the order in which they were sent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In the order in which they were sent. */
                        data: {
                            /** @description Your own name for the appointment, as you sent it. */
                            reference: string;
                            /**
                             * @description invited: They are invited; or were, where you reported this appointment before. taken: It is taken. Where everybody is asked by email, an answer that told who is not would give away who asked not to be. asked-lately: You reported them before, they were invited then, and nobody is asked twice within some months. not-asked: They are not asked: not drawn, or not to be asked for a reason that is theirs. Which of these is not told. died: You said that they have died, and they are not asked. no-survey: No survey asks after appointments there now. no-address: The survey asks by email, and you sent no address. Send it again with one. too-old: It is more than 28 days old, and nobody is asked about it. reference-used: You reported another appointment by this reference. Nothing was done.
                             * @enum {string}
                             */
                            answer: "invited" | "taken" | "asked-lately" | "not-asked" | "died" | "no-survey" | "no-address" | "too-old" | "reference-used";
                            /** @description The same, as a sentence. */
                            detail: string;
                            /** @description The number of the survey that asks there. */
                            survey: string | null;
                            /** @description What stands in your letter to them, where the survey asks by letter. Nobody else has the codes: they are kept nowhere. */
                            letter: {
                                /** @description It takes one answer. */
                                code: string;
                                /** @description Where it is typed, with the code in it already. */
                                address: string;
                                /** @description The last day on which it is taken. */
                                until: string;
                                /** @description The code by which its reader is not asked again. */
                                stop: string;
                                /** @description Where that one is typed. */
                                stopAddress: string;
                            } | null;
                        }[];
                        /** @description Where it was sent. */
                        links: {
                            /** @description The address of this answer. */
                            self: string;
                        };
                    };
                };
            };
            /** @description The appointments cannot be read: the detail says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no token, or it is not valid now. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token may not report of that provider. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More was sent than is taken at a time. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Appointments are taken as JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests: wait as long as `retry-after` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}

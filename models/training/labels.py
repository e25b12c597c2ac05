"""From a row's metadata and words to category labels: the first is the primary one, the rest are further labels of the row."""
import re

CATEGORIES = [
    "Text Summarization", "Academic Writing", "Story Understanding", "Multi-turn Dialogue", "STEM Knowledge", "Open Knowledge Q&A",
    "Character Understanding", "Communication and Social Media", "Natural Language Understanding", "Concept Understanding",
    "Knowledge Understanding", "Event Understanding", "Sentiment Analysis", "Information Extraction", "Common Sense Reasoning",
    "Creativity and Design", "Knowledge Reasoning", "Humanities & Social Sciences QA", "Translation", "Mathematical Modeling",
    "Programming Ability", "Mathematical Reasoning", "Mathematical Calculation", "Java Programming", "Python Programming",
    "Text Classification", "String Processing", "Algorithm Design"]
(SUMMARY, ACADEMIC, STORY, DIALOGUE, STEM, OPEN, CHARACTER, SOCIAL, LANGUAGE, CONCEPT, KNOWLEDGE, EVENT, SENTIMENT, EXTRACTION, COMMON,
 CREATIVE, REASONING, HUMANITIES, TRANSLATION, MODELING, CODE, MATH, CALCULATION, JAVA, PYTHON, CLASSIFY, STRING, ALGORITHM) = range(28)

DOLLY = {"summarization": [SUMMARY], "creative_writing": [CREATIVE], "brainstorming": [CREATIVE], "open_qa": [OPEN], "general_qa": [OPEN],
         "closed_qa": [KNOWLEDGE, LANGUAGE], "classification": [CLASSIFY], "information_extraction": [EXTRACTION, KNOWLEDGE]}
FLAN = {"aqua": [MATH, CALCULATION], "creak": [COMMON, OPEN], "ecqa": [COMMON], "qasc": [REASONING, STEM], "sensemaking": [COMMON, LANGUAGE],
        "strategyqa": [REASONING, COMMON]}
SUPERNI = {"002": [KNOWLEDGE, LANGUAGE, EXTRACTION], "073": [COMMON], "1290": [SUMMARY, EVENT], "1510": [CONCEPT, EXTRACTION],
           "1572": [SUMMARY, DIALOGUE], "1590": [DIALOGUE, SOCIAL], "1687": [SENTIMENT, SOCIAL, CLASSIFY], "1729": [DIALOGUE, CHARACTER],
           "181": [EXTRACTION, STEM], "363": [SENTIMENT, CLASSIFY], "511": [SUMMARY, SOCIAL], "591": [STEM], "639": [DIALOGUE, SOCIAL],
           "748": [EVENT, STORY], "875": [SENTIMENT, CLASSIFY]}
# The longest matching prefix of a template's name decides.
T0 = {"adversarial_qa": [KNOWLEDGE, LANGUAGE, EXTRACTION], "ag_news": [CLASSIFY, EVENT], "amazon_polarity": [SENTIMENT, CLASSIFY],
      "app_reviews": [SENTIMENT, CLASSIFY, SOCIAL], "app_reviews_generate_review": [SOCIAL, SENTIMENT], "cnn_dailymail": [SUMMARY, EVENT],
      "cnn_dailymail_3_0_0_generate_story": [CREATIVE, EVENT], "cnn_dailymail_3_0_0_spice_up_story": [CREATIVE, EVENT],
      "common_gen": [CREATIVE, COMMON], "common_gen_sentence_to_concepts": [EXTRACTION, CONCEPT],
      "common_gen_topics_from_the_sentence": [EXTRACTION, CONCEPT], "commonsense_qa": [COMMON], "cosmos_qa": [EVENT, COMMON, STORY],
      "dbpedia_14": [CLASSIFY, CONCEPT], "dream": [LANGUAGE, DIALOGUE], "dream_generate": [DIALOGUE], "duorc": [STORY, KNOWLEDGE],
      "gigaword": [SUMMARY, EVENT], "gigaword_reverse_writing": [CREATIVE, EVENT], "gigaword_write_an_article": [CREATIVE, EVENT],
      "glue": [LANGUAGE], "imdb": [SENTIMENT, CLASSIFY], "kilt_tasks_hotpotqa": [OPEN, REASONING], "multi_news": [SUMMARY, EVENT],
      "multi_news_expand_reverse_task_": [CREATIVE, EVENT], "paws": [LANGUAGE], "qasc": [REASONING, STEM], "quarel": [COMMON, REASONING],
      "quartz": [REASONING, STEM], "quoref": [KNOWLEDGE, LANGUAGE, EXTRACTION], "ropes": [REASONING, KNOWLEDGE],
      "rotten_tomatoes": [SENTIMENT, CLASSIFY], "samsum": [SUMMARY, DIALOGUE], "samsum_Write_a_dialogue": [DIALOGUE, CREATIVE],
      "sciq": [STEM, KNOWLEDGE], "social_i_qa": [COMMON, CHARACTER], "trec": [CLASSIFY], "wiki_bio": [CHARACTER, EXTRACTION],
      "wiki_hop": [REASONING, KNOWLEDGE], "wiki_qa": [OPEN], "wiki_qa_Topic": [CLASSIFY, OPEN], "wiqa": [EVENT, REASONING, STEM],
      "xsum": [SUMMARY, EVENT], "yelp": [SENTIMENT, CLASSIFY]}
MTBENCH = {"MR": [MATH], "GR": [REASONING], "CR": [LANGUAGE], "FR": [LANGUAGE], "AR": [LANGUAGE], "CC": [], "SI": [], "IC": [], "PI": [SOCIAL]}

# Words that decide where a source has no finer label. Earlier rules win as primary.
RULES = [(category, re.compile(pattern, re.I)) for category, pattern in [
    (TRANSLATION, r"\btranslat(e|ion|ing)\b|翻译|译成|译为"),
    (SUMMARY, r"\bsummari[sz]|\bsummary of\b|\btl;?dr\b|总结(一下|以下|下面|这)|概括|摘要|归纳(以下|下面)"),
    (JAVA, r"\bjava\b"),
    (PYTHON, r"\bpython3?\b|\bnumpy\b|\bpandas\b"),
    (ALGORITHM, r"\balgorithm|\b(sort(s|ed|ing)?|binary search|fibonacci|factorial|prime numbers?|recursi\w+|dynamic programming|linked list|binary tree|shortest path|stack|queue)\b.*\b(function|program|code|class|method|script)\b|\b(function|program|code|class|method|script)\b.*\b(sort(s|ed|ing)?|binary search|fibonacci|factorial|prime numbers?|recursi\w+|dynamic programming|linked list|binary tree|shortest path)\b|算法|排序|动态规划|二分查找|递归"),
    (STRING, r"\b(function|program|code|method|script)\b.*\b(strings?|substrings?|palindrome|vowels?|characters?|anagram|regex|regular expression)\b|\b(reverse|concatenate|split|uppercase|lowercase) (a|the|this|given) (string|word)|字符串|回文|正则"),
    (CODE, r"\b(javascript|typescript|c\+\+|c#|php|sql|html|css|bash|ruby|golang|kotlin|swift|shell script|source code|code snippet|debug|api endpoint|write (a|some|the) (code|function|program|script|query|class)|programming language)\b|代码|编程|程序|函数"),
    (MODELING, r"\b(mathematical model|formulate|objective function|linear program|differential equation|optimi[sz]ation problem|set up (an|the) equation)\b|数学模型|建模|目标函数|微分方程"),
    (CALCULATION, r"\b(calculate|compute|evaluate the expression|square root|multiply|what is \d[\d,.]* ?[-+*/x×÷^%]|solve for|derivative of|integral of)\b|计算|求值|等于多少"),
    (ACADEMIC, r"\b(essay|thesis|research paper|literature review|dissertation|academic|scholarly|abstract for)\b|论文|文献综述|学术"),
    (SENTIMENT, r"\b(sentiment|tone of (the|this)|positive or negative)\b|情感(分析|倾向)|情绪分类"),
    (CLASSIFY, r"\b(classify|categori[sz]e|which category|identify which|which of the following are)\b|分类|归类"),
    (EXTRACTION, r"\b(extract|list (all )?the (names|places|dates|people)|named entit)|提取|抽取"),
    (SOCIAL, r"\b(tweet|e-?mail|social media|facebook|instagram|linkedin|blog post|hashtag|cover letter|letter to|text message)\b|邮件|微博|朋友圈|小红书|写一封|回信"),
    (CHARACTER, r"\b(role-?play|from the perspective of|pretend (to be|you are)|act as|you are (a|an) (pirate|knight|wizard|detective|alien|king|queen))\b|扮演|假装你是"),
    (CREATIVE, r"\b(write|compose|create|invent|imagine|design|come up with|brainstorm|generate|give me) (me )?(a|an|some|the|\d+|new|ideas|a list of)?\s*(\w+ ){0,3}(story|poem|haiku|song|lyrics|limerick|ideas?|names?|slogan|recipe|scene|dialogue|logo|joke|plot|tale)\b|写(一|首|个|篇).{0,8}(诗|故事|小说|歌词|文案|广告|剧本)|创意|设计一"),
]]
STEM_WORDS = re.compile(r"\b(physic|chemi|biolog|atom|molecul|cell|protein|dna|gene|planet|star|galax|solar|species|dinosaur|animal|plant|bacteri|virus|vaccine|disease|brain|blood|muscle|energy|electr|engine|battery|comput|algorithm|machine learning|neural|software|internet|quantum|gravity|temperature|metal|oxygen|carbon|climate|volcano|earthquake|geolog|mathemat|theorem|robot|telescope|rocket|nasa|evolution|ecosystem|medic|vitamin)\w*", re.I)
HUMANITIES_WORDS = re.compile(r"\b(histor|war|battle|empire|emperor|king|queen|dynasty|revolution|president|prime minister|politic|government|constitution|democra|communis|capitalis|econom|inflation|philosoph|plato|aristotle|socrates|ethic|religio|church|buddh|islam|christian|bible|mytholog|god|painter|renaissance|literature|novel|poet|shakespeare|law|legal|court|sociolog|psycholog|anthropolog|archaeolog|culture|civilization|treaty|century|colon(y|ial|ies)|slavery|rights)\w*\b|历史|战争|朝代|皇帝|革命|总统|政治|经济|哲学|宗教|文化|文学|法律|社会", re.I)
CONCEPT_WORDS = re.compile(r"^\s*(define|what does .{1,40} mean|what is the (concept|meaning|definition) of|explain (the )?(concept|term|idea|meaning)|what is the difference between|what'?s the difference)|什么是|是什么意思|名词解释|(解释|定义)(一下)?.{0,6}(概念|术语|含义)|的区别", re.I)


def rules(text):
    return [category for category, pattern in RULES if pattern.search(text)]


def topic(text):
    """Humanities or STEM where the question's words say so, else None."""
    h, s = len(HUMANITIES_WORDS.findall(text)), len(STEM_WORDS.findall(text))
    return HUMANITIES if h > s else STEM if s > h else None


def _question(text):
    """A knowledge question by its words alone."""
    found = [CONCEPT] if CONCEPT_WORDS.search(text) else []
    subject = topic(text)
    return found + ([subject] if subject else []) + [OPEN]


def labels(row):
    """The row's categories, primary first; empty when nothing is known."""
    head = row.instruction[:600]
    found, source = [], row.source
    if source == "dolly":
        found = list(DOLLY[row.meta["category"]])
        if found == [OPEN]:
            found = (rules(head) if row.meta["category"] == "general_qa" else []) + _question(head)
        found += rules(head)
    elif source == "flan_cot":
        found = list(FLAN[row.meta["task"]])
    elif source == "superni15":
        found = list(SUPERNI[row.meta["task"].split("_")[0][4:]])
    elif source == "t0_p3":
        name = row.meta["template"]
        found = list(T0[max((k for k in T0 if name.startswith(k)), key=len)])
        if found[0] == OPEN:
            found += [t for t in [topic(head)] if t]
    elif source == "gsm8k_train":
        found = [MATH, CALCULATION]
    elif source == "gpteacher_codegen":
        code = [c for c in rules(row.prompt[:800]) if c in (JAVA, PYTHON, ALGORITHM, STRING)]
        found = code + [CODE]
    elif source == "gpteacher_roleplay":
        found = [CHARACTER, CREATIVE]
    elif source == "gpteacher_toolformer":
        access = re.search(r"access: ?(\w+)", head).group(1)
        task = row.instruction.split("\n")[-1] + "\n" + row.prompt[len(row.instruction):]
        found = rules(task) + {"python": [PYTHON, CODE], "wolfram": [CALCULATION, MATH], "shell": [CODE], "request": [CODE],
                               "weather": [EXTRACTION], "news": [EVENT]}.get(access, _question(task))
    elif source == "huatuo_med_zh":
        found = [STEM, OPEN] + ([CONCEPT] if CONCEPT_WORDS.search(head) else [])
    elif source in ("smilechat_zh", "sgd_multiturn", "mtbench101"):
        found = [DIALOGUE] + MTBENCH.get(row.meta.get("task"), []) + ([SOCIAL] if source == "smilechat_zh" else [])
        if source == "mtbench101":
            found += rules(head)
    else:  # oasst_zh, glaive: by words, and by turns
        found = ([DIALOGUE] if row.user_turns >= 3 else []) + (rules(head) or (_question(head) if source == "oasst_zh" else []))
    if row.user_turns >= 2:
        found.append(DIALOGUE)
    return list(dict.fromkeys(found))

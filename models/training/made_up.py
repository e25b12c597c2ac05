"""Made-up prompts for the categories and the language (Chinese) that the sources lack: templates filled with topics and real passages."""
import random
import re

import labels as L

TOPICS = """climate change|the French Revolution|photosynthesis|machine learning|the stock market|remote work|electric cars|healthy eating|space travel|
online education|the Roman Empire|black holes|social inequality|renewable energy|mental health|artificial intelligence|urban planning|vaccines|coffee|
dogs and cats|the water cycle|blockchain|jazz music|the Great Wall|gender equality|volcanoes|freedom of speech|DNA replication|supply and demand|tea culture|
football|video games|the Silk Road|globalization|plate tectonics|child labour|nuclear power|Shakespeare|smart phones|tropical forests|time management|
public transport|the immune system|quantum physics|fashion|cooking at home|yoga|ocean plastic|immigration|the Cold War""".replace("\n", "").split("|")
TOPICS_ZH = """气候变化|法国大革命|光合作用|机器学习|股票市场|远程办公|电动汽车|健康饮食|太空旅行|在线教育|罗马帝国|黑洞|社会不平等|可再生能源|心理健康|人工智能|城市规划|疫苗|咖啡文化|
猫和狗|水循环|区块链|古典音乐|长城|性别平等|火山|言论自由|基因复制|供求关系|茶文化|足球|电子游戏|丝绸之路|全球化|板块构造|核能|唐诗|智能手机|热带雨林|时间管理|公共交通|免疫系统|
量子力学|时尚|家常菜|瑜伽|海洋污染|移民|冷战|乡村振兴|环境保护|中国传统节日|大学生就业|老龄化社会|儒家思想|三国演义|红楼梦""".replace("\n", "").split("|")
PEOPLE = "Anna|Tom|Maria|Ahmed|Li Wei|Sophie|Mr. Brown|Grandma Rose|Captain Hook|Sherlock Holmes|Harry Potter|a pirate|a medieval knight|a robot|an old fisherman|Albert Einstein|Cleopatra|a detective|a vampire".split("|")
PEOPLE_ZH = "小明|小红|王老师|李医生|张三|林黛玉|孙悟空|诸葛亮|李白|一位海盗|一名侦探|一个机器人|老船长|爱因斯坦|武则天|一位面试官|唐僧|哆啦A梦".split("|")
LANGUAGES = "French|German|Spanish|Chinese|Japanese|Russian|Italian|Portuguese|Korean|Arabic|Dutch|Swedish|Turkish|Hindi|English".split("|")
LANGUAGES_ZH = "英文|英语|法语|德语|日语|韩语|西班牙语|俄语|中文|汉语|粤语|文言文|意大利语".split("|")
STRINGS = "reverses a string|counts the vowels in a string|checks whether a string is a palindrome|removes duplicate characters from a string|capitalizes the first letter of every word|splits a comma-separated string|replaces all spaces with underscores|finds the longest word in a sentence|counts how often each character occurs|checks whether two strings are anagrams|extracts all digits from a string|trims whitespace|converts camelCase to snake_case|validates an email address with a regular expression|finds the longest common prefix of a list of strings".split("|")
STRINGS_ZH = "反转一个字符串|统计字符串中元音字母的个数|判断字符串是否为回文|去除字符串中的重复字符|将每个单词的首字母大写|按逗号分割字符串|把空格替换为下划线|找出句子中最长的单词|统计每个字符出现的次数|判断两个字符串是否为异位词|提取字符串中的所有数字|去掉首尾空白|用正则表达式校验邮箱".split("|")
ALGORITHMS = "binary search|quicksort|merge sort|Dijkstra's shortest path|breadth-first search|depth-first search|the knapsack problem|longest common subsequence|topological sorting|a minimum spanning tree|the travelling salesman problem|N-queens|heap sort|union-find|an LRU cache|the Fibonacci sequence with memoization|edit distance|prime factorization|detecting a cycle in a linked list|finding the k-th largest element|interval scheduling|string matching with KMP".split("|")
ALGORITHMS_ZH = "二分查找|快速排序|归并排序|最短路径|广度优先搜索|深度优先搜索|背包问题|最长公共子序列|拓扑排序|最小生成树|旅行商问题|八皇后|堆排序|并查集|LRU 缓存|斐波那契数列|编辑距离|质因数分解|检测链表中的环|第 k 大元素|冒泡排序".split("|")
TASKS = "reads a CSV file and prints the average of a column|downloads a web page|parses a JSON file|connects to a database and inserts a record|implements a bank account class|sends an HTTP POST request|writes logs to a file|implements a simple calculator|converts temperatures|generates random passwords|models a library with books and members|merges two dictionaries|handles exceptions when a file is missing|draws a bar chart|implements a stack|uses threads to download files|tests a function|reads user input until it is valid|filters a list of objects by price|implements a singleton|prints a multiplication table|computes the area of a circle".split("|")
TASKS_ZH = "读取 CSV 文件并计算某一列的平均值|下载网页|解析 JSON 文件|连接数据库并插入一条记录|实现银行账户类|发送 HTTP 请求|把日志写入文件|实现一个简单的计算器|转换温度单位|生成随机密码|实现图书管理系统|合并两个字典|处理文件不存在的异常|绘制柱状图|实现一个栈|多线程下载文件|编写单元测试|过滤列表中的对象|实现单例模式|打印九九乘法表".split("|")
OTHER_LANGUAGES = "JavaScript|C++|C#|Go|Rust|PHP|Ruby|SQL|Bash|TypeScript|Kotlin|Swift|HTML and CSS|R".split("|")

# {t}/{u} topic, {p}/{q} person, {x}/{y} real passage, {l}/{k} language, {s} string task, {a} algorithm, {c} code task, {o} other language; 2nd letter Chinese.
TEMPLATES = {
    (L.SUMMARY,): ["Summarize the following text:\n{x}", "Write a short summary of this passage in two sentences.\n{x}", "{x}\n\nTL;DR", "Give the main points of the article below.\n{x}", "Condense this paragraph:\n{x}",
                   "请总结以下内容：\n{y}", "用一句话概括下面这段话。\n{y}", "为下面的文章写一段摘要：\n{y}", "归纳以下文本的要点：{y}", "{y}\n请用简短的语言总结上文。", "阅读材料，提炼中心思想。\n{y}"],
    (L.ACADEMIC,): ["Write an academic essay about {t}.", "Write a 500-word essay on {t}.", "Draft an abstract for a research paper on {t}.", "Write a literature review on {t}.", "Write a thesis statement about {t}.", "Write the introduction of a scientific article on {t}.",
                    "Suggest a research question and methodology for a study of {t}.", "Write an argumentative essay: should we care about {t}?", "Proofread this paragraph from my thesis and make it more formal.\n{x}", "How should I structure a dissertation on {t}?", "Write a five paragraph expository essay on {t}.",
                    "写一篇关于{u}的学术论文。", "请为题为《{u}研究》的论文写摘要。", "写一篇关于{u}的文献综述。", "为{u}的毕业论文拟定提纲。", "以{u}为题写一篇八百字的议论文。", "请润色这段论文，使其更符合学术规范：\n{y}", "帮我写{u}课题的开题报告。", "写出关于{u}的研究方法与研究意义。"],
    (L.STORY,): ["Read the story and answer: why did {p} leave?\n{x}", "What is the moral of this story?\n{x}", "Who is the main character in the story and what does {p} want?\n{x}", "What happens at the end of this story?\n{x}", "Describe the plot of the story below.\n{x}", "How does {p} feel at the end of the tale?\n{x}",
                 "阅读下面的故事，回答问题：{q}为什么离开？\n{y}", "这个故事告诉我们什么道理？\n{y}", "分析这个故事的情节和结局。\n{y}", "故事中的主人公{q}最后怎么样了？\n{y}", "这篇小说的主题是什么？\n{y}", "《{u}》这个寓言故事的寓意是什么？"],
    (L.STEM,): ["How does {t} work from a scientific point of view?", "Explain the physics behind {t}.", "What chemical reactions are involved in making soap?", "Why is the sky blue?", "What is the function of mitochondria in a cell?", "Describe Newton's laws of motion.", "What elements make up water?", "How do vaccines train the immune system?", "What is the boiling point of ethanol?", "Why do metals conduct electricity?", "What is the difference between an acid and a base?", "How do transistors work?", "What causes tides?", "How far is the Moon from the Earth?",
                "请从科学角度解释{u}的原理。", "水的化学式是什么？", "为什么天空是蓝色的？", "细胞中线粒体的作用是什么？", "简述牛顿三大运动定律。", "什么因素影响化学反应速率？", "高血压患者应注意什么？", "电磁感应的原理是什么？", "地球为什么有四季？", "抗生素是如何杀死细菌的？", "半导体为什么能导电？", "糖尿病有哪些症状，如何治疗？"],
    (L.OPEN,): ["Tell me something interesting about {t}.", "What should I know about {t}?", "Who invented the telephone?", "What is the capital of {l}-speaking countries?", "What are some popular places to visit in summer?", "How do I make a good cup of coffee?", "What is the tallest building in the world?", "Give me tips for {t}.", "Which team won the last World Cup?", "How can I sleep better at night?",
                "介绍一下{u}。", "关于{u}，我应该知道些什么？", "谁发明了电话？", "世界上最高的建筑是什么？", "怎样泡一杯好茶？", "北京有哪些好玩的地方？", "如何提高睡眠质量？", "世界上最长的河流是哪条？", "请给我一些{u}的建议。", "怎样学好一门外语？"],
    (L.CHARACTER,): ["Pretend you are {p} and introduce yourself.", "Describe the personality of {p}.", "From the perspective of {p}, talk about {t}.", "What would {p} say about {t}?", "Act as {p}. I will ask you questions about {t}.", "Analyse the motives of {p} in this text.\n{x}", "Write a diary entry in the voice of {p}.", "What kind of person is {p}? Describe character traits.",
                     "假装你是{q}，介绍一下你自己。", "请扮演{q}，和我聊聊{u}。", "分析{q}的性格特点。", "以{q}的口吻谈谈{u}。", "{q}是一个怎样的人？", "下面这段话表现了人物怎样的性格？\n{y}", "如果你是{q}，你会怎么看{u}？", "简析{q}的人物形象。"],
    (L.SOCIAL,): ["Write an email to {p} about {t}.", "Write a tweet about {t}.", "Draft a LinkedIn post on {t}.", "Write an Instagram caption for a photo about {t}.", "Write a polite reply to this message:\n{x}", "Write a letter of complaint to a hotel.", "Write an invitation to my birthday party for {p}.", "How do I tell {p} that I cannot come to the meeting?", "Write a Facebook post announcing our new shop.", "Suggest hashtags for a video on {t}.", "Write a text message to apologise to {p}.", "Write a cover letter for a job as a nurse.", "How can I start a conversation with {p} at a party?",
                  "给{q}写一封关于{u}的邮件。", "写一条关于{u}的微博。", "帮我写一段小红书文案，主题是{u}。", "写一条朋友圈，内容是{u}。", "如何礼貌地拒绝{q}的邀请？", "帮我回复这条消息：\n{y}", "写一封投诉信给酒店。", "给{q}写一封道歉信。", "怎样和{q}沟通{u}的问题？", "为我们的新店写一条公众号推文。", "和同事吵架了，我应该怎么跟他沟通？", "写一封求职邮件。"],
    (L.LANGUAGE,): ["Do these two sentences mean the same?\n1. {w}\n2. {w}", "Rewrite the sentence in other words: {w}", "Correct the grammar of this sentence: {w}", "What does the pronoun refer to in this sentence? {w}", "Identify the verbs and nouns in: {w}", "Does the first sentence imply the second?\n{w}\n{w}", "Change this sentence to the passive voice: {w}", "Find a synonym for the underlined word in: {w}", "Fill in the blank: {w} ____", "Is this sentence ambiguous? {w}", "Paraphrase: {w}",
                    "判断下面两句话的意思是否相同：\n{v}\n{v}", "改写下面的句子，意思不变：{v}", "修改病句：{v}", "句子中的“他”指的是谁？{v}", "找出句子中的动词和名词：{v}", "把下面的句子改成被动句：{v}", "给这个词写出近义词和反义词：{v}", "第一句话能否推出第二句话？\n{v}\n{v}", "缩写句子：{v}", "将这句话改为反问句：{v}"],
    (L.CONCEPT,): ["Explain the concept of {t}.", "Define {t}.", "What does the term {t} mean?", "What is the difference between {t} and {t}?", "Explain {t} to a five year old.", "What is meant by opportunity cost?", "Give a definition and two examples of {t}.", "What is the meaning of the word 'serendipity'?", "What is an abstract noun?", "What is the concept behind {t}?",
                   "什么是{u}？", "请解释{u}的概念。", "给{u}下一个定义，并举例说明。", "名词解释：{u}", "{u}和{u}有什么区别？", "“机会成本”是什么意思？", "用通俗的话解释{u}这个术语。", "{u}的含义是什么？"],
    (L.KNOWLEDGE,): ["Answer the question using the passage.\n{x}\nQuestion: what is said about {t}?", "Given this paragraph, who was involved?\n{x}", "According to the text, when did this happen?\n{x}", "Based on the context below, answer the question: why is it important?\nContext: {x}",
                     "根据以下材料回答问题：{y}\n问题：文中提到了什么？", "阅读下面的文章并回答问题。\n{y}\n问：原因是什么？", "根据上下文，这是什么时候发生的？\n{y}", "参考以下知识回答：{y}\n为什么？"],
    (L.EVENT,): ["What happened before and after {t}?", "What caused this event, and what was its effect?\n{x}", "Put these events in order:\n{x}", "What is the most likely next event?\n{x}", "When did this event take place and who took part?\n{x}", "Describe the timeline of events in this news report.\n{x}", "What led to {t}?",
                 "这件事发生的起因、经过和结果是什么？\n{y}", "按时间顺序排列下列事件：\n{y}", "接下来最可能发生什么？\n{y}", "梳理{u}事件的时间线。", "这则新闻报道了什么事件？\n{y}", "导致这一事件的原因是什么？\n{y}"],
    (L.SENTIMENT, L.CLASSIFY): ["What is the sentiment of this review?\n{x}", "Is the tone of this text positive or negative?\n{x}", "Analyse the sentiment of the tweet: {w}", "Rate how happy the customer is: {w}", "Which emotion does this sentence express? {w}",
                                "判断下面评论的情感倾向：{v}", "这条评价是正面还是负面的？\n{v}", "对下面的文本做情感分析：\n{y}", "这句话表达了什么情绪？{v}", "用户对产品满意吗？评论：{v}", "请判断情感极性（积极/消极/中性）：{v}"],
    (L.EXTRACTION,): ["Extract all names of people from the text.\n{x}", "List the dates mentioned in this passage:\n{x}", "Extract the key facts as bullet points.\n{x}", "Find all places in this text and separate them with commas.\n{x}", "Fill in this table with information from the text.\n{x}", "Extract keywords from: {x}",
                      "从下面的文本中提取所有人名。\n{y}", "找出文中的时间和地点：\n{y}", "抽取关键词：{y}", "提取以下内容中的实体：\n{y}", "把文中的药物名称列出来。\n{y}", "从这段话中抽取主要信息并用列表表示：\n{y}"],
    (L.COMMON,): ["What do you use an umbrella for?", "Which is heavier, a feather or a brick?", "Why do people wear coats in winter?", "Can a fish ride a bicycle? Explain.", "Where would you put a dirty plate after dinner?\nOptions:\n- sink\n- bed\n- garden", "If {p} drops a glass on the floor, what happens?", "Does it make sense to dry clothes in the rain?", "Which one does not belong: apple, banana, car, pear?", "Is it possible for {p} to be in two places at once?",
                  "雨伞是用来做什么的？", "羽毛和砖头哪个更重？", "冬天人们为什么要穿棉衣？", "鱼会骑自行车吗？为什么？", "如果{q}把玻璃杯掉在地上会发生什么？", "下面哪一句不符合常识？\nA. 他把牛奶放进冰箱。\nB. 他把大象放进冰箱。", "下雨天晾衣服合适吗？", "苹果、香蕉、汽车、梨，哪个不是同类？", "太阳从哪边升起？"],
    (L.CREATIVE,): ["Write a story about {p} and {t}.", "Write a poem about {t}.", "Design a logo for a company about {t}.", "Come up with five names for a cafe about {t}.", "Invent a new game about {t}.", "Write song lyrics about {t}.", "Brainstorm ideas for a video on {t}.", "Write an advertising slogan for {t}.", "Describe an imaginary planet.", "Create a menu for a dinner with {p}.", "Plan a design for a poster on {t}.", "Write a short film scene with {p}.",
                    "写一个关于{q}和{u}的故事。", "写一首关于{u}的诗。", "为{u}主题的咖啡馆起五个名字。", "设计一张关于{u}的海报。", "为{u}写一句广告语。", "写一段关于{u}的歌词。", "编一个童话，主角是{q}。", "想出十个关于{u}的短视频创意。", "续写故事：{q}推开了那扇门……", "写一个以{u}为主题的微型小说。", "设计一个环保主题的活动方案。"],
    (L.REASONING,): ["If all {t} enthusiasts are scientists and {p} is one, what follows?", "All cats are mammals. All mammals breathe air. Do cats breathe air? Explain step by step.", "Given these facts, deduce the answer.\n{x}", "A is older than B, and B is older than C. Who is the youngest?", "Using what you know of history, could {p} have used a mobile phone?", "Which conclusion follows from the facts?\n{x}", "Why would a rise in oil prices affect the price of bread? Reason step by step.", "Would a person from the year 1500 know about {t}?",
                     "所有的猫都是哺乳动物，哺乳动物都呼吸空气，那么猫呼吸空气吗？请推理。", "甲比乙大，乙比丙大，谁最小？", "根据以下事实推断结论：\n{y}", "爱迪生可能用过智能手机吗？请说明推理过程。", "如果油价上涨，面包价格会怎样变化？为什么？", "从下面的线索推断谁是凶手：\n{y}", "已知{q}不会游泳，掉进深水会怎样？请逐步推理。", "如果明天不下雨就去爬山，结果没去爬山，说明什么？"],
    (L.HUMANITIES,): ["What were the causes of World War I?", "Who was the first emperor of Rome?", "What did Plato say about justice?", "How did {t} influence society?", "What are the main branches of government in the United States?", "What is the historical significance of {t}?", "Compare capitalism and socialism.", "Which religion was founded by Siddhartha Gautama?", "Who wrote Pride and Prejudice and what is it about?", "What is the role of the United Nations?", "How does inflation affect households?", "What is cognitive dissonance in psychology?", "Explain the legal concept of habeas corpus.", "When was the Magna Carta signed and why does it matter?",
                      "第一次世界大战的起因是什么？", "秦始皇统一六国有什么历史意义？", "孔子的主要思想是什么？", "{u}对社会有什么影响？", "辛亥革命发生在哪一年？", "简述唐朝的政治制度。", "比较资本主义和社会主义。", "《红楼梦》的作者是谁？它的文学价值是什么？", "通货膨胀对居民有什么影响？", "什么是宪法？它有什么作用？", "佛教是如何传入中国的？", "改革开放的历史意义是什么？", "心理学中的从众效应如何影响社会？"],
    (L.TRANSLATION,): ["Translate the following sentence into {l}: {w}", "Translate to {l}:\n{x}", "How do you say '{w}' in {l}?", "Translate this text from {l} to {l}.\n{w}", "Give me the {l} translation of: {w}", "What is the {l} word for water?", "Please translate: {v}", "Translate this Chinese text into English: {v}", "Convert this sentence from {l} to {l}: {w}",
                       "把下面的句子翻译成{k}：{v}", "请将以下内容译成{k}：\n{y}", "翻译：{w}", "“{v}”用{k}怎么说？", "将这段英文翻译成中文：\n{x}", "把这段话从{k}翻译成{k}：{v}", "中译英：{v}", "英译中：{w}", "请翻译成{k}：{w}"],
    (L.MODELING, L.MATH): ["Formulate a linear program: a factory makes {n} chairs and {n} tables a day and wants the highest profit.", "Build a mathematical model for the spread of a disease with {n} people.", "Write the differential equation that describes a population growing at {n}% a year.", "Define variables, constraints and an objective function for a delivery company with {n} trucks.", "Model the cost of a phone plan with a base fee of ${n} and ${n} per gigabyte as a function.", "Set up an equation for this problem: {p} has {n} coins worth ${n}.", "Create a regression model that predicts house prices from {n} features: state the formula.", "How would you model traffic flow on a road mathematically?", "Use a Markov chain to model the weather with {n} states.", "Set up an optimization problem for a diet with at least {n} calories.",
                           "建立数学模型：某工厂每天生产{n}把椅子和{n}张桌子，如何使利润最大？", "为{n}人的传染病传播建立数学模型。", "写出描述人口每年增长{n}%的微分方程。", "用线性规划描述{n}辆卡车的运输问题，写出目标函数和约束条件。", "请用函数模型表示：基本费{n}元，每G流量{n}元。", "根据题意列方程：鸡兔同笼，头{n}个，脚{n}只。", "如何对城市交通流量进行数学建模？", "用马尔可夫链为天气建模，共{n}个状态。", "建立{n}个变量的回归模型预测房价，并说明模型假设。"],
    (L.MATH, L.CALCULATION): ["{p} has {n} apples and buys {n} more, then gives {n} to a friend. How many are left?", "A train travels {n} km in {n} hours. What is its average speed?", "A shirt costs ${n} and is {n}% off. How much do you pay?", "Prove that the sum of two odd numbers is even.", "If {n} workers build a wall in {n} days, how long do {n} workers need?", "The ratio of boys to girls is {n}:{n}. There are {n} boys. How many girls are there?", "Find the probability of drawing two red balls from {n} red and {n} blue balls.",
                              "{q}有{n}个苹果，又买了{n}个，送给朋友{n}个，还剩多少个？", "一列火车{n}小时行驶{n}千米，平均速度是多少？", "一件衣服原价{n}元，打八折后多少钱？", "证明两个奇数之和是偶数。", "{n}个工人{n}天修完一条路，{n}个工人需要几天？", "甲乙两地相距{n}千米，两车同时相向而行，几小时后相遇？", "水池有两个进水管，单开分别需{n}小时和{n}小时注满，同时开需要多久？", "从{n}个红球和{n}个白球中任取两个，都是红球的概率是多少？"],
    (L.CALCULATION,): ["What is {n} + {n}?", "Calculate {n} * {n}.", "Compute {n} / {n} to two decimals.", "{n} - {n} = ?", "Evaluate ({n} + {n}) * {n}.", "What is {n}% of {n}?", "Find the square root of {n}.", "Solve for x: {n}x + {n} = {n}", "What is {n} squared?", "Convert {n} km to miles.", "Simplify the fraction {n}/{n}.", "What is the derivative of {n}x^2 + {n}x?", "Find the mean of {n}, {n}, {n} and {n}.", "Round {n}.{n} to the nearest ten.",
                       "{n}加{n}等于多少？", "计算{n}×{n}。", "{n}除以{n}的结果是多少？", "求{n}的平方根。", "计算：({n}+{n})×{n}", "{n}的{n}%是多少？", "解方程：{n}x+{n}={n}", "求{n}、{n}、{n}的平均数。", "{n}-{n}=", "把{n}/{n}化成小数。", "求函数 {n}x^2+{n}x 的导数。"],
    (L.JAVA, L.CODE): ["Write a Java program that {c}.", "Write a Java method that {s}.", "Implement {a} in Java.", "How do I use an interface in Java?", "Fix the bug in this Java code:\npublic class Main {{ public static void main(String[] args) {{ int[] a = new int[{n}]; System.out.println(a[{n}]); }} }}", "What is the difference between ArrayList and LinkedList in Java?", "Create a Java class that {c}.", "Explain this Java code: private static final Map<String, Integer> m = new HashMap<>();", "How does garbage collection work in the JVM?", "Write a Spring Boot controller that {c}.",
                       "用 Java 编写一个程序：{d}。", "用Java实现{b}。", "请写一个 Java 方法，{r}。", "Java 中接口和抽象类有什么区别？", "解释这段 Java 代码：public static void main(String[] args)", "用 Java 写一个类，{d}。", "如何在 Spring Boot 中{d}？"],
    (L.PYTHON, L.CODE): ["Write a Python program that {c}.", "Write a Python function that {s}.", "Implement {a} in Python.", "How do I read a file in Python?", "What does this Python code print?\nfor i in range({n}):\n    print(i * {n})", "Use pandas to group a data frame by year.", "Write a Python script that {c}.", "Explain list comprehensions in Python.", "Debug this Python code:\ndef f(x):\nreturn x + {n}", "Write a Flask app that {c}.", "Create a Python class that {c}.", "How do I create a virtual environment with pip?",
                         "用 Python 编写程序：{d}。", "用Python实现{b}。", "写一个 Python 函数，{r}。", "Python 中列表和元组有什么区别？", "下面的 Python 代码输出什么？\nfor i in range({n}):\n    print(i)", "用 pandas 按年份分组求和。", "写一个 Python 爬虫，{d}。", "解释 Python 的装饰器。"],
    (L.CODE,): ["Write a {o} program that {c}.", "How do I center a div in CSS?", "Write an SQL query that returns the {n} best customers.", "Explain what this {o} code does.", "Debug this {o} code for me.", "Write code that {c}.", "What is the difference between GET and POST?", "Write a {o} function that {c}.", "How do I undo the last git commit?", "Write unit tests in {o} for a class that {c}.", "Write a Dockerfile for a web app.", "Refactor this code to be more readable.",
                "用 {o} 编写程序：{d}。", "如何用 CSS 让 div 居中？", "写一条 SQL 语句，查询销量前{n}的商品。", "解释这段 {o} 代码的作用。", "帮我调试这段 {o} 代码。", "编写代码，{d}。", "GET 和 POST 有什么区别？", "如何撤销上一次 git 提交？", "写一个 shell 脚本，{d}。", "用 {o} 实现{d}的函数。"],
    (L.CLASSIFY,): ["Classify these animals as mammals or birds: dog, eagle, cat, owl.", "Which category does this text belong to: sports, politics or business?\n{x}", "Categorize each item as fruit or vegetable: apple, carrot, banana, leek.", "Label this email as spam or not spam:\n{x}", "Identify which of these are instruments: piano, table, violin, lamp.", "Assign a topic to the following text.\n{x}", "Tell me whether each of these is a city or a country: Paris, Japan, Berlin, Peru.",
                    "将下列动物分类为哺乳动物或鸟类：狗、鹰、猫、猫头鹰。", "下面的文本属于哪个类别：体育、政治、财经？\n{y}", "把这些词分为水果和蔬菜：苹果、胡萝卜、香蕉、韭菜。", "判断这封邮件是否为垃圾邮件：\n{y}", "对以下新闻标题进行分类：{v}", "请给这段文字打上主题标签。\n{y}", "判断下列各项是城市还是国家：巴黎、日本、柏林、秘鲁。"],
    (L.STRING, L.CODE): ["Write a function that {s}.", "Write code that {s}.", "How can I write a method that {s}?", "Implement a {o} function that {s}.", "Given the string 'hello{n}', write a program that {s}.", "Reverse the string 'abc{n}'.", "Which regular expression matches {n} digits?", "Concatenate the strings 'foo' and 'bar{n}'.", "Convert the string 'Hello World {n}' to upper case.", "Remove all vowels from the string: {w}", "Count the letters in the word 'banana{n}'.",
                         "编写函数，{r}。", "写一段代码，{r}。", "用 {o} {r}。", "把字符串“abc{n}”反转。", "用正则表达式匹配{n}位数字。", "将字符串“Hello World”转换为大写。", "拼接字符串“foo”和“bar{n}”。", "给定字符串 s，{r}。", "删除字符串中的所有空格：{w}"],
    (L.ALGORITHM, L.CODE): ["Explain how {a} works and give its time complexity.", "Design an algorithm for {a}.", "Write pseudocode for {a}.", "Implement {a} in {o}.", "What is the time complexity of {a}?", "Design an efficient algorithm to find two numbers that sum to {n}.", "Compare {a} with {a}.", "How can dynamic programming solve {a}?", "Give an O(n log n) algorithm for sorting {n} numbers.",
                            "解释{b}的原理并分析时间复杂度。", "设计一个算法解决{b}。", "写出{b}的伪代码。", "用 {o} 实现{b}。", "{b}的时间复杂度是多少？", "如何用动态规划求解{b}？", "比较{b}和{b}的优劣。", "设计一个高效算法，在数组中找出和为{n}的两个数。", "给出{b}的算法思路。"],
}
LEADS = ["", "", "", "", "Please help me. ", "Hi! ", "I need your help: ", "Can you do this? "]
LEADS_ZH = ["", "", "", "", "请帮我：", "你好，", "麻烦你，", "请问，"]


def passages(rows, chinese, random_, count, low, high):
    """Short pieces of real text to fill templates with."""
    found = []
    for row in rows:
        text = row.response.replace("\n", " ").strip()
        if bool(re.search("[\u4e00-\u9fff]", text)) == chinese and len(text) >= low:
            found.append(text[:random_.randint(low, high)])
        if len(found) == count:
            break
    return found


def rows(real, per_label=900, seed=11):
    """Yields (text, labels). `real` are shuffled rows of the training split."""
    random_ = random.Random(seed)
    english = [r for r in real if r.source in ("dolly", "gpteacher_roleplay", "t0_p3")]
    chinese = [r for r in real if r.source in ("huatuo_med_zh", "oasst_zh", "smilechat_zh")]
    pick = {"t": TOPICS, "u": TOPICS_ZH, "p": PEOPLE, "q": PEOPLE_ZH, "l": LANGUAGES, "k": LANGUAGES_ZH, "s": STRINGS, "r": STRINGS_ZH, "a": ALGORITHMS,
            "b": ALGORITHMS_ZH, "c": TASKS, "d": TASKS_ZH, "o": OTHER_LANGUAGES, "x": passages(english, False, random_, 3000, 80, 600),
            "y": passages(chinese, True, random_, 3000, 40, 300), "w": passages(english, False, random_, 3000, 20, 90),
            "v": passages(chinese, True, random_, 3000, 8, 40)}

    def fill(match):
        return str(random_.choice((random_.randint(2, 20), random_.randint(2, 999)))) if match[1] == "n" else random_.choice(pick[match[1]])

    for found, templates in TEMPLATES.items():
        for i in range(per_label):
            template = random_.choice(templates)
            zh = bool(re.search("[\u4e00-\u9fff]", template))
            text = re.sub(r"\{([a-z])\}", fill, template).replace("{{", "{").replace("}}", "}")
            if not template.startswith("{"):
                text = random_.choice(LEADS_ZH if zh else LEADS) + text
            yield text, list(found)
